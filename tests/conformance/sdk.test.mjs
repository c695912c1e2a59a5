// The official SDK against the simulator: whatever it can do there, it can do here.
// BATCHRUNNER_SIMULATOR_URL names a simulator that takes the key `key_conformance` only.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import RunwayML, { TaskFailedError, toFile } from '@runwayml/sdk';

const baseURL = process.env.BATCHRUNNER_SIMULATOR_URL?.replace(/\/$/, '');
assert.ok(baseURL, 'BATCHRUNNER_SIMULATOR_URL is not set');

const client = new RunwayML({ apiKey: 'key_conformance', baseURL, maxRetries: 0 });
const url = (name) => `https://media.example.com/${name}`;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const voice = { type: 'runway-preset', presetId: 'Maya' };

const creates = {
  imageToVideo: { model: 'gen4_turbo', promptImage: url('hero.png'), promptText: 'slow push in', ratio: '1280:720', duration: 5 },
  textToVideo: { model: 'gen4.5', promptText: 'a harbour at dawn', ratio: '720:1280', duration: 2, seed: 4294967295 },
  videoToVideo: { model: 'aleph2', videoUri: url('clip.mp4'), promptText: 'make it night' },
  characterPerformance: {
    model: 'act_two',
    character: { type: 'image', uri: url('face.png') },
    reference: { type: 'video', uri: url('performance.mp4') },
    ratio: '960:960',
  },
  textToImage: { model: 'gen4_image', promptText: 'a bottle on linen', ratio: '1360:768' },
  imageUpscale: { model: 'magnific_precision_upscaler_v2', imageUri: url('small.png'), scaleFactor: 2 },
  videoUpscale: { model: 'magnific_video_upscaler_creative', videoUri: url('clip.mp4'), resolution: '1k' },
  videoToHdr: { model: 'ruby', videoUri: url('clip.mp4') },
  textToSpeech: { model: 'eleven_multilingual_v2', promptText: 'good morning', voice },
  soundEffect: { model: 'eleven_text_to_sound_v2', promptText: 'rain on a roof', duration: 2 },
  speechToSpeech: { model: 'eleven_multilingual_sts_v2', media: { type: 'audio', uri: url('talk.mp3') }, voice },
  voiceDubbing: { model: 'eleven_voice_dubbing', audioUri: url('talk.mp3'), targetLang: 'de' },
  voiceIsolation: { model: 'eleven_voice_isolation', audioUri: url('talk.mp3') },
};

const types = { mp4: 'video/mp4', png: 'image/png', mp3: 'audio/mpeg' };

const control = (path, body) => fetch(`${baseURL}/_simulator/${path}`, body === undefined ? {} : { method: 'PUT', body });

const fails = (promise, type, status) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof type, `${error.constructor.name}: ${error.message}`);
    assert.equal(error.status, status);
    assert.equal(typeof error.error.error, 'string');
    return true;
  });

// Their waits are real: they run beside one another.
describe('generations', { concurrency: true }, () => {
  describe('every generation endpoint', { concurrency: true }, () => {
    for (const [resource, body] of Object.entries(creates)) {
      test(`${resource} makes a task whose output can be fetched`, async () => {
        const create = client[resource].create(body);
        const made = await create;
        const finished = await create.waitForTaskOutput();
        const output = await fetch(finished.output[0]);
        const bytes = await output.arrayBuffer();

        assert.match(made.id, uuid);
        assert.ok(made.estimatedCost.credits > 0);
        assert.equal(finished.id, made.id);
        assert.equal(finished.status, 'SUCCEEDED');
        assert.ok(finished.cost.credits > 0 && finished.cost.credits <= made.estimatedCost.credits);
        assert.ok(Math.abs(new Date(finished.createdAt) - Date.now()) < 60_000);
        assert.equal(output.status, 200);
        assert.equal(output.headers.get('content-type'), types[new URL(finished.output[0]).pathname.split('.').pop()]);
        assert.equal(Number(output.headers.get('content-length')), bytes.byteLength);
        assert.ok(bytes.byteLength > 500);
      });
    }
  });

  describe('tasks', { concurrency: true }, () => {
    test('a task is seen on its way and is gone after it was deleted', async () => {
      const { id } = await client.textToVideo.create({ ...creates.textToVideo, promptText: 'to be deleted' });
      const task = await client.tasks.retrieve(id);

      assert.ok(['PENDING', 'RUNNING'].includes(task.status), task.status);
      assert.equal(task.estimatedCost.credits, 24);
      await client.tasks.delete(id);
      await fails(client.tasks.retrieve(id), RunwayML.NotFoundError, 404);
      await fails(client.tasks.delete(id), RunwayML.NotFoundError, 404);
    });

    test('a task that failed throws with its code and its cost', async () => {
      await control('faults', 'task:failed:SAFETY.INPUT.TEXT=~forbidden');
      const create = client.textToVideo.create({ ...creates.textToVideo, promptText: 'forbidden' });

      await assert.rejects(create.waitForTaskOutput(), (error) => {
        assert.ok(error instanceof TaskFailedError);
        assert.equal(error.taskDetails.failureCode, 'SAFETY.INPUT.TEXT');
        assert.equal(error.taskDetails.cost.credits, 24);
        return true;
      });
      await control('faults', '');
    });

    test('the wait for a task can start from its id', async () => {
      const { id } = await client.soundEffect.create(creates.soundEffect);

      const finished = await client.tasks.retrieve(id).waitForTaskOutput();

      assert.equal(finished.status, 'SUCCEEDED');
    });
  });

  describe('uploads', () => {
    let png;
    before(async () => {
      const { id } = await client.textToImage.create({ ...creates.textToImage, promptText: 'to be uploaded' });
      const image = await client.tasks.retrieve(id).waitForTaskOutput();
      png = Buffer.from(await (await fetch(image.output[0])).arrayBuffer());
    });

    test('an upload is an input', async () => {
      const { uri } = await client.uploads.createEphemeral(await toFile(png, 'hero.png').then((file) => ({ file })));
      const { id } = await client.imageToVideo.create({ ...creates.imageToVideo, promptImage: uri });

      assert.match(uri, /^runway:\/\//);
      assert.match(id, uuid);
    });

    test('a data URI is an input', async () => {
      const promptImage = `data:image/png;base64,${png.toString('base64')}`;

      const { id } = await client.imageToVideo.create({ ...creates.imageToVideo, promptImage });

      assert.match(id, uuid);
    });

    test('an upload that never was is none', () =>
      fails(
        client.imageToVideo.create({ ...creates.imageToVideo, promptImage: 'runway://00000000-0000-4000-8000-000000000000' }),
        RunwayML.BadRequestError,
        400,
      ));

    test('a file that is too small is refused by the storage', async () => {
      const file = await toFile(Buffer.alloc(100), 'tiny.png');

      await assert.rejects(client.uploads.createEphemeral({ file }), (error) => {
        assert.equal(error.status, 400);
        return true;
      });
    });
  });
});

describe('organization', () => {
  test('it tells balance, limits and use', async () => {
    const { creditBalance, tier, usage } = await client.organization.retrieve();

    assert.ok(creditBalance > 0);
    assert.ok(tier.maxMonthlyCreditSpend > 0);
    assert.ok(tier.models['gen4.5'].maxConcurrentGenerations > 0);
    assert.ok(usage.models['gen4.5'].dailyGenerations > 0);
  });

  test('it tells what was spent by day and model', async () => {
    const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    const { results } = await client.organization.retrieveUsage({ startDate: day(0), beforeDate: day(2) });

    const spent = results.flatMap((day) => day.usedCredits).find((used) => used.model === 'gen4_turbo');
    assert.ok(spent.amount >= 25);
  });

  test('a span of more than ninety days is refused', () =>
    fails(
      client.organization.retrieveUsage({ startDate: '2026-01-01', beforeDate: '2026-06-01' }),
      RunwayML.BadRequestError,
      400,
    ));
});

describe('typed errors', () => {
  test('400 names every mistake with its path', () =>
    assert.rejects(
      client.imageToVideo.create({ ...creates.imageToVideo, ratio: '16:9', duration: 11 }),
      (error) => {
        assert.ok(error instanceof RunwayML.BadRequestError);
        assert.deepEqual(error.error.issues.map((issue) => issue.path).sort(), [['duration'], ['ratio']]);
        assert.ok(error.error.issues.every((issue) => issue.code && issue.message));
        assert.equal(typeof error.error.docUrl, 'string');
        return true;
      },
    ));

  test('400 for a version that is not', () =>
    fails(
      new RunwayML({ apiKey: 'key_conformance', baseURL, maxRetries: 0, runwayVersion: '2020-01-01' }).organization.retrieve(),
      RunwayML.BadRequestError,
      400,
    ));

  test('401 for another key', () =>
    fails(
      new RunwayML({ apiKey: 'key_of_somebody_else', baseURL, maxRetries: 0 }).organization.retrieve(),
      RunwayML.AuthenticationError,
      401,
    ));

  test('404 for a task nobody made', () =>
    fails(client.tasks.retrieve('00000000-0000-4000-8000-000000000000'), RunwayML.NotFoundError, 404));

  test('400 when the credits run out', async () => {
    const { creditBalance } = await client.organization.retrieve();
    await control('faults', 'account:credits=1');

    await assert.rejects(client.textToVideo.create(creates.textToVideo), (error) => {
      assert.ok(error instanceof RunwayML.BadRequestError);
      assert.equal(error.error.error, 'You do not have enough credits to run this task.');
      return true;
    });
    await control('faults', `account:credits=${creditBalance}`);
  });

  test('429 on the daily cap', async () => {
    await control('faults', 'account:dailycap=0');

    await fails(client.textToVideo.create(creates.textToVideo), RunwayML.RateLimitError, 429);
  });
});

describe('a client that repeats creates', () => {
  test('pays twice when answers are lost, and the ledger shows it', async () => {
    const careless = new RunwayML({ apiKey: 'key_conformance', baseURL });
    await control('faults', 'post:500-after=0.2, account:dailycap=100000, account:credits=100000');
    const charged = async () => (await (await fetch(`${baseURL}/_simulator/ledger`)).json()).charges;
    const before = await charged();

    await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => careless.textToVideo.create({ ...creates.textToVideo, promptText: `job ${i}` })),
    );

    const duplicates = (await charged()) - before - 200;
    assert.ok(duplicates >= 25 && duplicates <= 75, `${duplicates}`);
  });
});
