export enum RecallScopeKind {
    MODEL = "MODEL",
    LOT = "LOT",
    SERIAL = "SERIAL",
}
