/** The Telegram door in a process of its own, to be killed: `<api root> <store file>`. */
import { createTelegramDoor } from "../../bot/telegram/door.ts";
import { TOKEN } from "./bot-api.ts";
import { openHouse } from "./house.ts";

const [root = "", file = ""] = process.argv.slice(2);
const rhythm = { pollMs: 50, leaseMs: 1_000, retryMs: [100, 100] };
const house = await openHouse({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: root }, file, rhythm);
await createTelegramDoor(house.app, { leaseMs: 1_000, supervisor: { standbyMs: 100 } }).start();
