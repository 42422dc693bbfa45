"""A served registry of the deck's data and some made-up credentials, in a folder that goes with it."""
import json, os, pathlib, signal, subprocess, sys, tempfile

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "Benchmarks"))
import make_corpus

CREDENTIALS, PROVIDERS = 400, 20


class Registry:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.environment = os.environ | {"CAIRN_DATABASE": f"{self.folder.name}/registry.db", "CAIRN_ACCESS_LOG": "off",
                                         "CAIRN_RATE_LIMITS": "address=off"}
        self.process = subprocess.Popen([os.environ["CAIRN"], "serve", "--port", "0"], env=self.environment,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        said = self.process.stdout.readline()
        if not said:
            sys.exit("the server didn't start")
        self.origin = said.strip().rsplit(" ", 1)[1]
        providers = [{"slug": f"p{number:05}", "name": f"Provider {number}", "kind": "vet_provider"}
                     for number in range(PROVIDERS)]
        self.fill("providers", providers)
        self.fill("credentials", make_corpus.rows(CREDENTIALS, 1, PROVIDERS))

    def fill(self, kind, rows):
        file = pathlib.Path(self.folder.name, f"{kind}.ndjson")
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        self.command("import", str(file), "--kind", kind)

    def command(self, *words):
        """What the command prints."""
        return subprocess.run([os.environ["CAIRN"], *words], env=self.environment, check=True, capture_output=True,
                              text=True).stdout

    def key(self):
        """An admin's."""
        return self.command("key", "create", "--role", "admin").strip().splitlines()[-1]

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.folder.cleanup()
