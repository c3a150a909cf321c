/** Unpredictable bytes; every id, code, salt and key starts here. */
export interface Random {
  bytes(length: number): Uint8Array;
}
