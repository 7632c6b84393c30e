// Measures what a page makes somebody wait for: its longest task, as Chromium's trace has it, and how long its frames take.

const MILLISECOND = 1000;

/** The value that `part` of the values are at most. */
export const share = (values, part) => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};

/** The milliseconds of the longest task of the page's thread while `work` is done: by the clock, and by the processor's time,
 * which does not grow when the machine does something else. */
export async function longestTask(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel"] });
  try {
    await work();
  } finally {
    var trace = JSON.parse((await browser.stopTracing()).toString());
  }
  const thread = ({ pid, tid }) => `${pid} ${tid}`;
  const named = trace.traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const threads = new Set(named.map(thread));
  const tasks = trace.traceEvents.filter((event) => event.name.endsWith("RunTask") && event.dur && threads.has(thread(event)));
  const most = (part) => Math.max(0, ...tasks.map((task) => task[part] ?? 0)) / MILLISECOND;
  return { clock: most("dur"), processor: most("tdur") };
}

/** The milliseconds between the frames of the page while `work` is done. */
export async function frames(page, work) {
  await page.evaluate(() => {
    window.frameTimes = [];
    window.countsFrames = true;
    const count = (time) => {
      window.frameTimes.push(time);
      if (window.countsFrames) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await work();
  const times = await page.evaluate(() => {
    window.countsFrames = false;
    return window.frameTimes;
  });
  return times.slice(1).map((time, index) => time - times[index]);
}
