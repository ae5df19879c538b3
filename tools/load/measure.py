#!/usr/bin/env python3
"""Measures the service on this machine and prints the table of docs/http.md.

    cargo build --release -p news-cli -p news-server
    python3 tools/load/measure.py                     # about two minutes; needs wrk

Standard library only. The service is started on 127.0.0.1, and ended, by this program. The machine
should do nothing else: what is measured first is how busy it is.
"""

import argparse
import asyncio
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
EXTRACT = "/v1/articles:extract"
# A page may have 10 MiB: this is near the largest there is.
HEAVY_BYTES = 8 << 20
CROWD_BYTES = 1_400_000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", default=ROOT / "target/release/news-server", type=pathlib.Path)
    parser.add_argument("--news", default=ROOT / "target/release/news", type=pathlib.Path)
    parser.add_argument("--pages", default=ROOT / "fixtures/pages", type=pathlib.Path)
    parser.add_argument("--seconds", default=15, type=int, help="of each run of wrk")
    parser.add_argument("--idle", default=2000, type=int, help="idle connections")
    parser.add_argument("--crowd", default=300, type=int, help="requests beyond capacity")
    return parser.parse_args()


class Service:
    """A running service."""

    def __init__(self, binary, *flags):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        listen = f"127.0.0.1:{self.port}"
        self.base = f"http://{listen}"
        self.process = subprocess.Popen([binary, "--listen", listen, *flags],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise SystemExit(f"{binary} does not listen")

    def status(self, name):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+)", text, re.M).group(1)) / 1024

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


class Client:
    """A connection that is kept alive."""

    def __init__(self, port):
        self.port = port
        self.reader = self.writer = None

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def ask(self, method, path, body=b"", kind="text/html"):
        """Status, head and seconds."""
        if self.writer is None:
            await self.open()
        begun = time.monotonic()
        head = (f"{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {kind}\r\n"
                f"content-length: {len(body)}\r\n\r\n")
        self.writer.write(head.encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", head)
        if length:
            await self.reader.readexactly(int(length.group(1)))
        return int(head.split()[1]), head, time.monotonic() - begun

    def close(self):
        if self.writer is not None:
            self.writer.close()


def quantile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))] if values else float("nan")


def page_of(size):
    """News prose with markup, links and names, of about `size` bytes."""
    part = ('<div class="body"><p>The council of Skarholm said on Tuesday that the <a href="/r">ramp</a> '
            'would be <em>mended</em> by 3 May 2024.</p><p>“We carried everybody,” said the harbour '
            'master, Bo Lindqvist, 58.</p></div>')
    body = part * (size // len(part.encode()) + 1)
    head = "<html lang=en><head><title>Ferry | Post</title></head><body><article><h1>Ferry resumes</h1>"
    return (head + body + "</article></body></html>").encode()


def in_process(options, row):
    """The library as the command line runs it: pages a second with two threads, CPU a page."""
    pages = sorted(options.pages.glob("*.html"))
    # Enough pages that starting and ending do not count.
    times = max(1, 4000 // len(pages))
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([options.news, "extract", "-j", "2", "--format", "ndjson", *pages * times],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    seconds = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    count = times * len(pages)
    row(f"`news extract -j 2`, {len(pages)} pages {times} times",
        f"{count / seconds:.0f} pages/s, {1000 * cpu / count:.2f} ms CPU a page")
    return count / seconds, cpu / count


def throughput(options, service, row, library):
    """The same pages over connections that stay open."""
    pages = sorted(options.pages.glob("*.html"))
    for connections in (2, 8, 64):
        before = service.cpu()
        out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{options.seconds}s", "-s",
                              HERE / "post.lua", service.base + EXTRACT, "--", *pages],
                             capture_output=True, text=True, check=True).stdout
        cpu = service.cpu() - before
        count, seconds = re.search(r"(\d+) requests in ([\d.]+)s", out).groups()
        line = re.search(r"^p50.*not 2xx (\d+).*$", out, re.M)
        # Refusals are quick: only pages that were read count.
        count = int(count) - int(line.group(1))
        rate = count / float(seconds)
        row(f"service, {connections} connections",
            f"{rate:.0f} pages/s ({rate / library[0]:.0%} of the library), {1000 * cpu / count:.2f} ms CPU "
            f"a page ({library[1] / (cpu / count):.0%}); {line.group(0)}")


async def health(port, stop, seconds):
    client = await Client(port).open()
    while not stop.is_set():
        status, _, took = await client.ask("GET", "/healthz")
        assert status == 200, status
        seconds.append(took)
        await asyncio.sleep(0.005)
    client.close()


async def beside(port, work):
    """`/healthz` while `work` runs."""
    stop, seconds = asyncio.Event(), []
    watch = asyncio.ensure_future(health(port, stop, seconds))
    await asyncio.sleep(0.2)
    result = await work
    stop.set()
    await watch
    return result, seconds


async def heavy(service, row):
    """Every worker on the heaviest page, again and again."""
    page = page_of(HEAVY_BYTES)
    end = time.monotonic() + 15

    async def keep_busy(done):
        client = Client(service.port)
        while time.monotonic() < end:
            status, head, took = await client.ask("POST", EXTRACT, page)
            done.append((status, took))
            if status == 503:
                await asyncio.sleep(0.2)
        client.close()

    done = []
    clients = 2 * (os.cpu_count() or 1)
    _, seconds = await beside(service.port, asyncio.gather(*[keep_busy(done) for _ in range(clients)]))
    read = [took for status, took in done if status == 200]
    row(f"`/healthz` while {clients} clients send pages of {HEAVY_BYTES >> 20} MiB",
        f"p50 {1000 * quantile(seconds, 0.5):.1f} ms, p99 {1000 * quantile(seconds, 0.99):.1f} ms, "
        f"most {1000 * max(seconds):.0f} ms; {len(read)} pages read, median {quantile(read, 0.5):.2f} s")


async def crowd(options, service, row):
    """Connections that do nothing, then more requests than there is room for."""
    before = service.status("VmRSS")
    idle = [await Client(service.port).open() for _ in range(options.idle)]
    # Each has asked once, so that it holds what a used connection holds.
    for client in idle:
        await client.ask("GET", "/healthz")
    row(f"memory of {options.idle} idle connections",
        f"{service.status('VmRSS') - before:.0f} MiB over {before:.0f} MiB")

    page = page_of(CROWD_BYTES)
    before = service.status("VmRSS")
    clients = [Client(service.port) for _ in range(options.crowd)]
    asked = asyncio.gather(*[client.ask("POST", EXTRACT, page) for client in clients])
    answers, seconds = await beside(service.port, asked)
    read = [took for status, _, took in answers if status == 200]
    shed = [took for status, _, took in answers if status in (429, 503)]
    without = sum(1 for status, head, _ in answers if status in (429, 503) and "retry-after" not in head)
    other = sorted({status for status, _, _ in answers} - {200, 429, 503})
    row(f"{options.crowd} pages of {CROWD_BYTES / 1e6:.1f} MB at once",
        f"{len(read)} read (slowest {max(read, default=0):.2f} s), {len(shed)} refused with Retry-After "
        f"({without} without; slowest {max(shed, default=0):.2f} s), other statuses {other or 'none'}; "
        f"`/healthz` p99 {1000 * quantile(seconds, 0.99):.0f} ms")
    peak = service.status("VmHWM")
    for client in clients:
        client.close()
    client = Client(service.port)
    small = page_of(20_000)
    begun = time.monotonic()
    while (await client.ask("POST", EXTRACT, small))[0] != 200:
        await asyncio.sleep(0.05)
    recovered = time.monotonic() - begun
    await asyncio.sleep(5)
    row("memory: before, peak, five seconds after",
        f"{before:.0f}, {peak:.0f}, {service.status('VmRSS'):.0f} MiB; the next page after {recovered:.2f} s")
    alive = [(await client.ask("GET", "/healthz"))[0] for client in idle]
    row("idle connections that still answer", f"{alive.count(200)} of {len(idle)}")
    for client in [*idle, client]:
        client.close()


def main():
    options = arguments()
    for needed in (options.server, options.news):
        if not needed.exists():
            raise SystemExit(f"{needed} is not built")
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed")
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    def row(what, figure):
        print(f"| {what} | {figure} |", flush=True)

    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f} before the start\n\n| what | figure |\n|---|---|")
    library = in_process(options, row)
    service = Service(options.server, "--log", "text")
    try:
        throughput(options, service, row, library)
    finally:
        service.end()
    service = Service(options.server, "--log", "text")
    try:
        asyncio.run(heavy(service, row))
        asyncio.run(crowd(options, service, row))
    finally:
        service.end()


if __name__ == "__main__":
    main()
