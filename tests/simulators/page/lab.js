/** The lab page: puts the parts in their places and follows the journal. */
import { follow, loadChat, readWhatIsSeen, refreshAll } from './api.js';
import { drawControls } from './controls.js';
import { place } from './dom.js';
import { drawLog } from './log.js';
import { applyTheme } from './preferences.js';
import { sheets } from './sheets.js';
import { drawStage } from './stage.js';
import { drawStrip } from './strip.js';
import { drawTop } from './top.js';
import { loadWords } from './words.js';

applyTheme();
await loadWords();
await refreshAll();
/* Seen before it is drawn: what has no height cannot be scrolled to its end. */
place('app').hidden = false;
drawTop();
drawStrip();
drawControls();
drawStage();
drawLog();
sheets();
follow();

document.addEventListener('visibilitychange', () => void readWhatIsSeen());
/* "Typing" ends by the clock, and nothing in the journal says so. */
setInterval(() => void loadChat(), 10_000);
