/** Safe mode (安全模式): AES envelopes around what is received and what is answered. */
import { randomBytes } from "node:crypto";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import { sameText } from "./signature.ts";

export interface Envelope {
  open(sealed: string, sent: { timestamp: string; nonce: string; signature: string }): string | undefined;
  seal(xml: string, at: Date): string;
}

export function createEnvelope(settings: { token: string; aesKey: string; appId: string }): Envelope {
  const { token, aesKey, appId } = settings;
  return {
    /** Undefined when it is forged, broken, or meant for another account. */
    open(sealed, { timestamp, nonce, signature }) {
      if (!sameText(getSignature(token, timestamp, nonce, sealed), signature)) return undefined;
      try {
        const { message, id } = decrypt(aesKey, sealed);
        return id === appId ? message : undefined;
      } catch {
        return undefined;
      }
    },
    seal(xml, at) {
      const sealed = encrypt(aesKey, xml, appId);
      const timestamp = String(Math.floor(at.getTime() / 1000));
      const nonce = randomBytes(8).toString("hex");
      const signature = getSignature(token, timestamp, nonce, sealed);
      return `<xml><Encrypt><![CDATA[${sealed}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`;
    },
  };
}
