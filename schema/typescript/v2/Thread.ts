// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { GitInfo } from "./GitInfo";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SessionSource } from "./SessionSource";
import type { ThreadEnvironment } from "./ThreadEnvironment";
import type { ThreadExtra } from "./ThreadExtra";
import type { ThreadHistoryMode } from "./ThreadHistoryMode";
import type { ThreadSection } from "./ThreadSection";
import type { ThreadSource } from "./ThreadSource";
import type { ThreadStatus } from "./ThreadStatus";
import type { Turn } from "./Turn";

/** A conversation. All keys are always sent. */
export type Thread = {
  "id": string;
  /** Null when the thread is not loaded. */
  "environments": Array<ThreadEnvironment> | null;
  "extra": ThreadExtra | null;
  /** The root of the live tree of agents; the thread's own id for roots. */
  "sessionId": string;
  /** The thread that this one was forked from. */
  "forkedFromId": string | null;
  "attachedToThreadId": string | null;
  /** Of a sub-agent: who owns it. */
  "parentThreadId": string | null;
  /** The first user text; empty before there is one. */
  "preview": string;
  /** In memory only; `path` is then null. */
  "ephemeral": boolean;
  "section": ThreadSection | null;
  /** Unix seconds. */
  "sectionEnteredAt": number | null;
  "projectId": string | null;
  "historyMode": ThreadHistoryMode;
  "modelProvider": string;
  /** The configured one when loaded, else the last that was recorded. */
  "model": string | null;
  "reasoningEffort": ReasoningEffort | null;
  /** Unix seconds. */
  "createdAt": number;
  /** Unix seconds. */
  "updatedAt": number;
  /** Unix seconds, what lists by recency sort by. */
  "recencyAt": number | null;
  "status": ThreadStatus;
  /** The rollout file; told before it exists. */
  "path": string | null;
  "cwd": AbsolutePathBuf;
  /** The version that created the thread. */
  "cliVersion": string;
  /** The client that created the thread. */
  "originator": string | null;
  "source": SessionSource;
  /** Null when the thread is not loaded. */
  "canAcceptDirectInput": boolean | null;
  "threadSource": ThreadSource | null;
  /** Of a sub-agent. */
  "agentNickname": string | null;
  /** Of a sub-agent. */
  "agentRole": string | null;
  /** Null until the thread has been recorded. */
  "gitInfo": GitInfo | null;
  /** The user's title; null when there is none, or it equals the preview. */
  "name": string | null;
  "daybreakEnabled": boolean | null;
  /** Filled by resume, fork, rollback, and by read with `includeTurns`; else empty. */
  "turns": Array<Turn>;
};
