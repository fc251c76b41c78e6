/** `npm run build`: pages into dist/web, server into dist/server. */
import { build, packages } from './prepare.mjs';

packages();
build();
