// What one would write with the official SDK: as many workers as slots, each of which creates a task, waits for it with
// the SDK's own loop, downloads its output and takes the next job. For the benchmark `wall`, in simulated time.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import RunwayML from '@runwayml/sdk';

const [baseURL, jobs, slots, scale, folder] = process.argv.slice(2);

// The SDK's loop waits 6 s, give or take 1.5 s, of the account's time.
const wait = globalThis.setTimeout;
globalThis.setTimeout = (then, ms, ...rest) => wait(then, ms >= 4500 && ms <= 7500 ? ms / Number(scale) : ms, ...rest);

const client = new RunwayML({ baseURL: baseURL.replace(/\/$/, ''), maxRetries: 0 });
await mkdir(folder, { recursive: true });

let next = 0;
const worker = async () => {
  while (next < Number(jobs)) {
    const number = next++;
    const promptText = `a ceramic mug number ${number} beside an open book on washed linen, slow push-in, then hold, soft morning light, calm and premium`;
    const task = await client.textToVideo
      .create({ model: 'gen4.5', promptText, ratio: '1280:720', duration: 5 })
      .waitForTaskOutput();
    const answer = await fetch(task.output[0]);
    await writeFile(join(folder, `${number}.mp4`), Buffer.from(await answer.arrayBuffer()));
  }
};
await Promise.all(Array.from({ length: Number(slots) }, worker));
