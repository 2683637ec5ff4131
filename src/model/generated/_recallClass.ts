export enum RecallClass {
    UNKNOWN = "UNKNOWN",
    I = "I",
    II = "II",
    III = "III",
}
