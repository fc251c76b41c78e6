/** `node one.mjs '{"file":"…"}' 'select …'`: prints the first value of the first row; a statement without rows is carried out. */
import { openDatabase } from '../../scripts/database.mjs';

const [where, sql] = process.argv.slice(2);
const database = await openDatabase(JSON.parse(where));
if (/^select/.test(sql)) console.log(String(Object.values((await database.all(sql))[0] ?? [''])[0]));
else await database.run(sql);
await database.close();
