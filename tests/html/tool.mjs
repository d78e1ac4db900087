// Speaks with sanitise_tool: many cases in one run of the program.
import { spawnSync } from 'node:child_process';

export function runTool(tool, mode, cases) {
  const parts = [];
  for (const text of cases) {
    const bytes = Buffer.from(text, 'utf8');
    parts.push(Buffer.from(`${bytes.length}\n`), bytes);
  }
  const run = spawnSync(tool, [mode], { input: Buffer.concat(parts), maxBuffer: 1 << 30 });
  if (run.status !== 0) {
    throw new Error(`${tool} ${mode} ended with ${run.status ?? run.signal}: ${String(run.stderr).slice(0, 2000)}`);
  }
  const results = [];
  let at = 0;
  while (at < run.stdout.length) {
    const end = run.stdout.indexOf(10, at);
    const length = Number(run.stdout.toString('latin1', at, end));
    results.push(run.stdout.toString('utf8', end + 1, end + 1 + length));
    at = end + 1 + length;
  }
  if (results.length !== cases.length) {
    throw new Error(`${cases.length} cases gave ${results.length} results`);
  }
  return results;
}

// Counts, prints the first few failures in full, and gives the closing line.
export function makeCounter() {
  let passed = 0;
  let failed = 0;
  return {
    check(ok, name, ...details) {
      if (ok) {
        passed++;
        return;
      }
      failed++;
      if (failed <= 10) {
        console.log(`FAILED ${name}`);
        for (const detail of details) {
          console.log('   ', JSON.stringify(detail).slice(0, 1500));
        }
      }
    },
    finish() {
      console.log(`${passed} passed, ${failed} failed`);
      process.exit(failed === 0 && passed > 0 ? 0 : 1);
    },
  };
}

// A package of tests/package.json; without it the test is skipped, and says so (77 is a skip to Meson).
export async function need(name) {
  try {
    return await import(name);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') {
      throw error;
    }
    console.log(`SKIPPED: ${name} is not installed; run "npm ci" in tests/`);
    return process.exit(77);
  }
}
