export enum RecallStatus {
    OPEN = "OPEN",
    CLOSED = "CLOSED",
}
