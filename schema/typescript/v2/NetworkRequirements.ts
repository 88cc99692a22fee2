// Generated from the types of the package `protocol`. Changes belong there.

import type { NetworkDomainPermission } from "./NetworkDomainPermission";
import type { NetworkUnixSocketPermission } from "./NetworkUnixSocketPermission";

/** Demands on the proxy that sandboxed commands go through. */
export type NetworkRequirements = {
  "enabled": boolean | null;
  "httpPort": number | null;
  "socksPort": number | null;
  "allowUpstreamProxy": boolean | null;
  "dangerouslyAllowNonLoopbackProxy": boolean | null;
  "dangerouslyAllowAllUnixSockets": boolean | null;
  /** Domain or pattern → rule. */
  "domains": { [key in string]?: NetworkDomainPermission } | null;
  "reviewDomains": Array<string> | null;
  "managedAllowedDomainsOnly": boolean | null;
  /** The older form of `domains`. */
  "allowedDomains": Array<string> | null;
  /** The older form of `domains`. */
  "deniedDomains": Array<string> | null;
  /** Path → rule. */
  "unixSockets": { [key in string]?: NetworkUnixSocketPermission } | null;
  /** The older form of `unixSockets`. */
  "allowUnixSockets": Array<string> | null;
  "allowLocalBinding": boolean | null;
};
