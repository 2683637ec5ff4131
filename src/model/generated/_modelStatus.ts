export enum ModelStatus {
    UNKNOWN = "UNKNOWN",
    SUBMITTED = "SUBMITTED",
    APPROVED = "APPROVED",
    REJECTED = "REJECTED",
    REVOKED = "REVOKED",
}
