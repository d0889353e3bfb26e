#!/usr/bin/env python3
"""A model that does as it is told, for real agents without an account: the APIs of Anthropic (Messages) and OpenAI
(Responses).

    model.py PORT_FILE LOG_FILE

Listens on 127.0.0.1 only, writes its port into PORT_FILE, and a JSON line for each request into LOG_FILE. Ends when its
standard input ends. The last line of the last user message that is one of these commands decides the reply:

    run: CMD                  a call of the shell tool
    esc: CMD                  Codex: the same, asked to run outside of its sandbox
    escin: FOLDER CMD         Codex: the same in FOLDER
    patch: PATH TEXT          Codex: apply_patch that adds a file
    write: PATH TEXT          Claude: Write
    edit: PATH OLD => NEW     Claude: Edit
    ask: QUESTION             Claude: AskUserQuestion, to choose from Red and Blue
    askmany: QUESTION         Claude: the same, to choose some of Red, Blue and Green
    plan: TEXT                Claude: the plan file is written, then ExitPlanMode called
    say: TEXT                 TEXT
    slow: SECONDS TEXT        TEXT after SECONDS
    error: STATUS [TIMES]     the HTTP error STATUS, every time or TIMES times; then "recovered"
    seq: CMD ;; CMD           one command after another; each tool's result leads to the next

Any other message is answered by "ok: ..." and any tool's result by "done".
"""
import hashlib
import json
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMAND = re.compile(r"^\s*(run|esc|escin|patch|write|edit|ask|askmany|plan|say|slow|error|seq):\s*(.*)$")
REMINDER = re.compile(r"<(system-reminder|local-command-[a-z]+|command-[a-z]+)>.*?</\1>", re.S)
PLAN_FILE = re.compile(r"/[^\s\"'`\\]*/plans/[\w.-]+\.md")
ERRORS = {400: "invalid_request_error", 401: "authentication_error", 429: "rate_limit_error", 529: "overloaded_error"}


def command_in(text):
    for line in reversed(text.splitlines()):
        found = COMMAND.match(line)
        if found:
            return found.group(1), found.group(2).strip()
    return None


def step_of(command, results):
    """The command that is due after so many results of tools; None when all is done."""
    if command and command[0] == "seq":
        steps = [step.strip() for step in command[1].split(";;") if step.strip()]
        return command_in(steps[results]) if results < len(steps) else None
    return command if results == 0 else None


class Anthropic:
    """A reply is a list of content blocks."""

    def __init__(self, body):
        self.body = body
        self.messages = body.get("messages") or []
        self.tools = [tool.get("name") for tool in body.get("tools") or []]
        self.text, self.results = self.locate()

    @staticmethod
    def blocks(content):
        return [{"type": "text", "text": content}] if isinstance(content, str) else content or []

    @classmethod
    def own_text(cls, content):
        texts = [block.get("text", "") for block in cls.blocks(content) if block.get("type") == "text"]
        return REMINDER.sub("", "\n".join(texts)).strip()

    def locate(self):
        """The last message of a person, and how many results of tools came since."""
        results = 0
        for message in reversed(self.messages):
            if message.get("role") != "user":
                continue
            text = self.own_text(message.get("content"))
            if any(block.get("type") == "tool_result" for block in self.blocks(message.get("content"))):
                results += 1
                if command_in(text):  # typed while the tool ran
                    return text, results - 1
            elif text:
                return text, results
        return "", results

    def told(self):
        """All that a person has said so far."""
        texts = [self.own_text(message.get("content")) for message in self.messages if message.get("role") == "user"]
        return [text for text in texts if text]

    def own_account(self):
        """What the client asks for itself: titles, warm-ups."""
        if self.body.get("max_tokens") == 1:
            return "#"
        if self.tools:
            return None
        form = (self.body.get("output_config") or {}).get("format") or self.body.get("output_format") or {}
        keys = (form.get("schema") or {}).get("properties") or {"title": {}}
        return json.dumps({key: "Scripted session" for key in keys})

    def said(self, text):
        return [{"type": "text", "text": text}]

    def tool(self, name, **given):
        return [{"type": "tool_use", "name": name, "input": given}]

    def perform(self, name, rest):
        first, _, more = rest.partition(" ")
        if name in ("run", "esc"):
            return self.tool("Bash", command=rest, description="Run the scripted command")
        if name == "write":
            return self.tool("Write", file_path=first, content=more + "\n")
        if name == "edit":
            old, _, new = more.partition(" => ")
            return self.tool("Edit", file_path=first, old_string=old, new_string=new)
        if name in ("ask", "askmany"):
            labels = ("Red", "Blue") if name == "ask" else ("Red", "Blue", "Green")
            options = [{"label": label, "description": f"A {label.lower()} button"} for label in labels]
            question = {"question": rest, "header": "Choice", "multiSelect": name == "askmany", "options": options}
            return self.tool("AskUserQuestion", questions=[question])
        return self.said(rest)

    def reply(self):
        command = command_in(self.text)
        if command and command[0] == "plan":
            path = PLAN_FILE.search(json.dumps(self.messages) + json.dumps(self.body.get("system") or ""))
            if path and self.results == 0:
                return self.tool("Write", file_path=path.group(0), content=command[1] + "\n")
            return self.tool("ExitPlanMode", plan=command[1]) if self.results < 2 else self.said("done")
        step = step_of(command, self.results)
        if step:
            return self.perform(*step)
        return self.said("done" if self.results else "ok: " + " ".join(self.text.split())[:60])

    def message(self, blocks, seed):
        calls = any(block["type"] == "tool_use" for block in blocks)
        content = [dict(block, id=f"toolu_{seed}{i}") if block["type"] == "tool_use" else block
                   for i, block in enumerate(blocks)]
        usage = {"input_tokens": 100, "output_tokens": 10, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}
        return {"id": f"msg_{seed}", "type": "message", "role": "assistant", "model": self.body.get("model"),
                "content": content, "stop_reason": "tool_use" if calls else "end_turn", "stop_sequence": None,
                "usage": usage}

    def events(self, blocks, seed):
        message = self.message(blocks, seed)
        yield {"type": "message_start", "message": dict(message, content=[], stop_reason=None)}
        for index, block in enumerate(message["content"]):
            if block["type"] == "text":
                start, delta = {"type": "text", "text": ""}, {"type": "text_delta", "text": block["text"]}
            else:
                start = dict(block, input={})
                delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
            yield {"type": "content_block_start", "index": index, "content_block": start}
            yield {"type": "content_block_delta", "index": index, "delta": delta}
            yield {"type": "content_block_stop", "index": index}
        yield {"type": "message_delta", "delta": {"stop_reason": message["stop_reason"], "stop_sequence": None},
               "usage": {"output_tokens": 10}}
        yield {"type": "message_stop"}

    def error(self, status):
        kind = ERRORS.get(status, "api_error")
        return {"type": "error", "error": {"type": kind, "message": "scripted error"}}


class OpenAI:
    """A reply is one output item."""

    def __init__(self, body):
        self.body = body
        given = body.get("input") or []
        self.items = [{"role": "user", "content": given}] if isinstance(given, str) else given
        self.tools = {tool.get("name") or tool.get("type"): tool for tool in body.get("tools") or []}
        self.text, self.results = self.locate()

    def locate(self):
        results = 0
        for item in reversed(self.items):
            if (item.get("type") or "").endswith("_call_output"):
                results += 1
            if item.get("role") == "user":
                text = self.content_text(item)
                if not text.lstrip().startswith("<"):  # <environment_context> and the like
                    return text, results
        return "", results

    @staticmethod
    def content_text(item):
        content = item.get("content")
        return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content or [])

    def told(self):
        texts = [self.content_text(item) for item in self.items if item.get("role") == "user"]
        return [text for text in texts if not text.lstrip().startswith("<")]

    def own_account(self):
        if self.tools:
            return None
        form = (self.body.get("text") or {}).get("format") or {}
        keys = (form.get("schema") or {}).get("properties") or {}
        return json.dumps({key: "Scripted task" for key in keys}) if keys else "Scripted task"

    def said(self, text):
        return {"type": "message", "role": "assistant",
                "content": [{"type": "output_text", "text": text, "annotations": []}]}

    def call(self, name, **given):
        if name in self.tools:
            return {"type": "function_call", "name": name, "arguments": json.dumps(given)}
        # Its tools are functions of a script that it runs.
        return {"type": "custom_tool_call", "name": "exec", "input": f"text(await tools.{name}({json.dumps(given)}));"}

    def perform(self, name, rest):
        first, _, more = rest.partition(" ")
        outside = {"sandbox_permissions": "require_escalated", "justification": "The scripted command needs it"}
        if name == "run":
            return self.call("exec_command", cmd=rest)
        if name == "esc":
            return self.call("exec_command", cmd=rest, **outside)
        if name == "escin":
            return self.call("exec_command", cmd=more, workdir=first, **outside)
        if name == "patch":
            patch = f"*** Begin Patch\n*** Add File: {first}\n+{more}\n*** End Patch"
            if (self.tools.get("apply_patch") or {}).get("type") == "custom":
                return {"type": "custom_tool_call", "name": "apply_patch", "input": patch}
            script = f"text(await tools.apply_patch({json.dumps(patch)}));"
            return {"type": "custom_tool_call", "name": "exec", "input": script}
        return self.said(rest)

    def reply(self):
        step = step_of(command_in(self.text), self.results)
        if step:
            return self.perform(*step)
        return self.said("done" if self.results else "ok: " + " ".join(self.text.split())[:60])

    def events(self, item, seed):
        item = dict(item, id=("msg_" if item["type"] == "message" else "fc_") + seed, status="completed")
        if item["type"].endswith("_call"):
            item["call_id"] = "call_" + seed
        response = {"id": "resp_" + seed, "object": "response", "model": self.body.get("model"), "status": "in_progress",
                    "output": []}
        usage = {"input_tokens": 100, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 10,
                 "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 110}
        yield {"type": "response.created", "response": response}
        empty = {"content": []} if item["type"] == "message" else {}
        yield {"type": "response.output_item.added", "output_index": 0, "item": dict(item, status="in_progress", **empty)}
        if item["type"] == "message":
            yield {"type": "response.output_text.delta", "item_id": item["id"], "output_index": 0, "content_index": 0,
                   "delta": item["content"][0]["text"]}
        yield {"type": "response.output_item.done", "output_index": 0, "item": item}
        yield {"type": "response.completed", "response": dict(response, status="completed", output=[item], usage=usage)}

    def error(self, status):
        return {"error": {"message": "scripted error", "type": "server_error", "code": None}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    failures = {}

    def log_message(self, *_):
        pass

    def send_json(self, status, content):
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def do_HEAD(self):
        self.send_json(200, {})

    def do_GET(self):
        self.send_json(200, {"object": "list", "data": [{"id": "scripted", "object": "model"}], "models": []}
                       if self.path.split("?")[0].endswith("/models") else {})

    def body(self):
        if "chunked" not in (self.headers.get("transfer-encoding") or "").lower():
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        raw = b""
        while True:
            size = int(self.rfile.readline().split(b";")[0] or b"0", 16)
            raw += self.rfile.read(size)
            self.rfile.readline()
            if not size:
                return raw

    def do_POST(self):
        raw, path = self.body(), self.path.split("?")[0]
        api = {"messages": Anthropic, "responses": OpenAI}.get(path.rsplit("/", 1)[-1])
        if path.endswith("/count_tokens"):
            return self.send_json(200, {"input_tokens": 100})
        if api is None:
            return self.send_json(404, {"error": {"type": "not_found_error", "message": "nothing here"}})
        request = api(json.loads(raw or b"{}"))
        own = request.own_account()
        command = step_of(command_in(request.text), request.results)
        status = 0 if own or not command or command[0] != "error" else self.failure(request.text, command[1])
        if not own:
            self.server.tell({"text": request.text, "results": request.results, "status": status or 200,
                              "told": request.told()})
        if status:
            return self.send_json(status, request.error(status))
        delay = 0.0
        if own:
            reply = request.said(own)
        elif command and command[0] == "slow":
            seconds, _, text = command[1].partition(" ")
            delay, reply = float(seconds), request.said(text)
        elif command and command[0] == "error":
            reply = request.said("recovered")
        else:
            reply = request.reply()
        seed = hashlib.sha256(raw).hexdigest()[:24]
        if not request.body.get("stream"):
            time.sleep(delay)
            return self.send_json(200, request.message(reply, seed))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for number, event in enumerate(request.events(reply, seed)):
                self.wfile.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
                self.wfile.flush()
                if number == 0:
                    time.sleep(delay)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def failure(self, text, asked):
        """The status to fail with now; 0 once it has failed often enough."""
        status, _, times = asked.partition(" ")
        count = Handler.failures[text] = Handler.failures.get(text, 0) + 1
        return 0 if times and count > int(times) else int(status)


class Model(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, log):
        super().__init__(("127.0.0.1", 0), Handler)
        self.log, self.lock = open(log, "a", encoding="utf-8"), threading.Lock()

    def tell(self, entry):
        with self.lock:
            self.log.write(json.dumps(entry) + "\n")
            self.log.flush()

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


def main():
    model = Model(sys.argv[2])
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(f"{model.server_address[1]}\n")
    threading.Thread(target=model.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
