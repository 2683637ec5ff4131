export enum CustodyStart {
    MINT = "MINT",
    MOVE = "MOVE",
}
