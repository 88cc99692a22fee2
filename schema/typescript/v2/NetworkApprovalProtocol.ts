// Generated from the types of the package `protocol`. Changes belong there.

/** The protocol of a connection that needs a word. */
export type NetworkApprovalProtocol = "http" | "https" | "socks5Tcp" | "socks5Udp";
