import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { chooseExtras } from "../../../tools/environments/extras.ts";
import { pythonEnvironment } from "../../../tools/environments/python-environment.ts";
import { findCommand } from "../../../tools/machine/find-command.ts";

const PYTHON = process.env["MLE_STAR_PYTHON"] ?? "python3";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "environment-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A stand-in for uv on a path of its own: makes an empty environment and writes down what it was asked. */
function withUv(sync = "exit 0") {
  const folder = temporaryFolder();
  const commands = join(folder, "commands");
  mkdirSync(commands);
  const uv = `#!/bin/sh
echo "$@" >> ${folder}/calls.txt
case "$1" in
  --version) exit 0;;
  venv) exec ${findCommand("python3")} -m venv --without-pip "$4";;
  pip) sleep 0.3; ${sync};;
esac
`;
  writeFileSync(join(commands, "uv"), uv);
  chmodSync(join(commands, "uv"), 0o755);
  const calls = () => readFileSync(join(folder, "calls.txt"), "utf8").trim().split("\n");
  return {
    home: join(folder, "home"),
    environment: { ...process.env, PATH: `${commands}:${process.env["PATH"]}` },
    calls,
  };
}

test("the managed environment is made once from the hash-locked wheels, and found again", async () => {
  const { home, environment, calls } = withUv();
  const progress: string[] = [];
  const onProgress = (line: string) => progress.push(line);
  const made = await pythonEnvironment({ home, environment, onProgress });
  expect(made.interpreter.startsWith(join(home, "envs"))).toBe(true);
  expect(made.workbench.pythonVersion).toMatch(/^3\.\d+/);
  expect(progress[0]).toContain("Making the Python environment");
  const install = calls().find((call) => call.startsWith("pip install")) ?? "";
  expect(install).toMatch(
    /--no-deps --require-hashes --only-binary :all: --compile-bytecode .*requirements\.lock$/,
  );

  const before = calls().length;
  expect(await pythonEnvironment({ home, environment })).toEqual(made);
  expect(calls()).toHaveLength(before);
});

test("of two that need the environment at once, one makes it and the other waits", async () => {
  const { home, environment, calls } = withUv();
  const [first, second] = await Promise.all([
    pythonEnvironment({ home, environment }),
    pythonEnvironment({ home, environment }),
  ]);
  expect(first).toEqual(second);
  expect(calls().filter((call) => call.startsWith("venv"))).toHaveLength(1);
});

test("a build that fails leaves nothing and says what to do", async () => {
  const { home, environment } = withUv("echo 'error: Failed to fetch: dns error' >&2; exit 2");
  await expect(pythonEnvironment({ home, environment })).rejects.toThrow(
    /could not be made .*dns error.*check that the package index can be reached/,
  );
  const left = readdirSync(join(home, "envs"), { withFileTypes: true });
  expect(left.filter((entry) => entry.isDirectory())).toEqual([]);
  const again = withUv();
  await expect(pythonEnvironment({ home, environment: again.environment })).resolves.toHaveProperty(
    "interpreter",
  );
});

test("without any Python the user is told what to install", async () => {
  const environment = { PATH: temporaryFolder() };
  await expect(pythonEnvironment({ home: temporaryFolder(), environment })).rejects.toThrow(
    /No Python of version 3\.11 or later was found: install one/,
  );
});

test("a named interpreter that is no Python is refused", async () => {
  await expect(pythonEnvironment({ python: "/bin/false" })).rejects.toThrow(
    "--python /bin/false is not a Python interpreter that starts.",
  );
});

test("a named interpreter without the packages is refused with their names", async () => {
  const folder = temporaryFolder();
  const { environment } = withUv();
  const empty = await pythonEnvironment({ home: folder, environment });
  await expect(pythonEnvironment({ python: empty.interpreter })).rejects.toThrow(
    /lacks numpy, pandas, scikit-learn: install them there/,
  );
});

const hasPackages = await pythonEnvironment({ python: PYTHON }).then(
  () => true,
  () => false,
);

// Needs numpy, pandas and scikit-learn in the Python of the tests.
test.skipIf(!hasPackages)(
  "a named interpreter is taken with the packages that it has",
  async () => {
    const { interpreter, workbench } = await pythonEnvironment({ python: PYTHON });
    expect(interpreter).toMatch(/^\//);
    expect(workbench.packages.map(({ name }) => name)).toContain("numpy");
  },
);

test("a device that the driver lists is a slot's own, and decides about the locked packages", async () => {
  const { home, environment, calls } = withUv();
  const driver = join(home, "..", "commands", "nvidia-smi");
  writeFileSync(driver, "#!/bin/sh\necho '0, GPU-8f1c, NVIDIA A100, 40960'\n");
  chmodSync(driver, 0o755);
  const { plan, workbench } = await pythonEnvironment({ home, environment });
  expect(plan.gpus).toMatchObject([{ index: 0, id: "GPU-8f1c" }]);
  expect(plan.slots).toHaveLength(1);
  expect(workbench.gpu).toBe("NVIDIA A100 with 40 GB of memory");
  const lock = calls().at(-1)?.split(" ").at(-1) ?? "";
  expect(readFileSync(lock, "utf8")).toContain("nvidia-nccl");
});

test.runIf(process.platform === "linux")(
  "where the small builds of torch cannot be had those of the package index are taken, and found again",
  async () => {
    const { home, environment, calls } = withUv('case "$*" in *torch-cpu*) exit 1;; esac');
    const progress: string[] = [];
    const onProgress = (line: string) => progress.push(line);
    const wanted = { home, environment, extras: ["deep" as const], onProgress };
    const made = await pythonEnvironment(wanted);
    expect(progress).toContainEqual(expect.stringMatching(/small builds of torch.*cannot be had/));
    const lock = calls().at(-1)?.split(" ").at(-1) ?? "";
    expect(readFileSync(lock, "utf8")).toMatch(/^nvidia-cudnn/m);

    const before = calls().length;
    expect(await pythonEnvironment({ ...wanted, onProgress: () => {} })).toEqual(made);
    expect(calls()).toHaveLength(before);
  },
);

test("every run finds the extras that were set up", async () => {
  const { home, environment, calls } = withUv();
  chooseExtras(home, ["audio"]);
  await pythonEnvironment({ home, environment });
  const lock = calls().at(-1)?.split(" ").at(-1) ?? "";
  expect(readFileSync(lock, "utf8")).toMatch(/^librosa==/m);
});
