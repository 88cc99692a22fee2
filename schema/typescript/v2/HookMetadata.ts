// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { HookEventName } from "./HookEventName";
import type { HookSource } from "./HookSource";
import type { HookTrustStatus } from "./HookTrustStatus";

/** One configured hook, by the kind of its handler. */
export type HookMetadata =
  | {
    /** Stable; names the hook in config.toml (`[hooks.state]`). */
    "key": string;
    "eventName": HookEventName;
    "matcher": string | null;
    "timeoutSec": number;
    "statusMessage": string | null;
    "additionalContextLimit": number | null;
    /** The file that declares it. */
    "sourcePath": AbsolutePathBuf;
    "source": HookSource;
    "pluginId": string | null;
    "environmentId": string | null;
    "displayOrder": number;
    "enabled": boolean;
    /** True when the administrator set it and the user cannot switch it off. */
    "isManaged": boolean;
    /** Of the definition; trust is given to a hash. */
    "currentHash": string;
    "trustStatus": HookTrustStatus;
    "handlerType": "command";
    "command": string;
    "async": boolean;
  }
  | {
    /** Stable; names the hook in config.toml (`[hooks.state]`). */
    "key": string;
    "eventName": HookEventName;
    "matcher": string | null;
    "timeoutSec": number;
    "statusMessage": string | null;
    "additionalContextLimit": number | null;
    /** The file that declares it. */
    "sourcePath": AbsolutePathBuf;
    "source": HookSource;
    "pluginId": string | null;
    "environmentId": string | null;
    "displayOrder": number;
    "enabled": boolean;
    /** True when the administrator set it and the user cannot switch it off. */
    "isManaged": boolean;
    /** Of the definition; trust is given to a hash. */
    "currentHash": string;
    "trustStatus": HookTrustStatus;
    "handlerType": "mcpTool";
    "server": string;
    "tool": string;
  }
  | {
    /** Stable; names the hook in config.toml (`[hooks.state]`). */
    "key": string;
    "eventName": HookEventName;
    "matcher": string | null;
    "timeoutSec": number;
    "statusMessage": string | null;
    "additionalContextLimit": number | null;
    /** The file that declares it. */
    "sourcePath": AbsolutePathBuf;
    "source": HookSource;
    "pluginId": string | null;
    "environmentId": string | null;
    "displayOrder": number;
    "enabled": boolean;
    /** True when the administrator set it and the user cannot switch it off. */
    "isManaged": boolean;
    /** Of the definition; trust is given to a hash. */
    "currentHash": string;
    "trustStatus": HookTrustStatus;
    "handlerType": "prompt";
  }
  | {
    /** Stable; names the hook in config.toml (`[hooks.state]`). */
    "key": string;
    "eventName": HookEventName;
    "matcher": string | null;
    "timeoutSec": number;
    "statusMessage": string | null;
    "additionalContextLimit": number | null;
    /** The file that declares it. */
    "sourcePath": AbsolutePathBuf;
    "source": HookSource;
    "pluginId": string | null;
    "environmentId": string | null;
    "displayOrder": number;
    "enabled": boolean;
    /** True when the administrator set it and the user cannot switch it off. */
    "isManaged": boolean;
    /** Of the definition; trust is given to a hash. */
    "currentHash": string;
    "trustStatus": HookTrustStatus;
    "handlerType": "agent";
  };
