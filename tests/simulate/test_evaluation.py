"""Long batches: blocks, progress, interrupts, threads, memory; and which engine is taken."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.simulate import engines, streaming, trace, truth_table_blocks
from tcsim.simulate.program import compile_program


@pytest.fixture(scope="module")
def circuit():
    b = tc.Builder()
    x = b.inputs("x", 10)
    s = b.form(tc.sum(x[:7]))
    b.output("y", [tc.majority(x), 2 * s - 3 * x[8] + x[9] >= 4, x[3], x[0] & x[9], s >= 3])
    return b.build()


@pytest.fixture
def small_steps(monkeypatch):
    """Steps of one block, 2,048 vectors, for the compiled engine and of 64 for the other."""
    monkeypatch.setattr(engines, "CACHE_BYTES", 0)
    monkeypatch.setattr(engines, "CALL_WORK", 1)


def _batch(count):
    return np.random.default_rng(count).integers(0, 2, (count, 10), np.uint8)


@pytest.mark.parametrize("count", [2047, 2048, 2049, 5000])
def test_steps_and_progress(circuit, small_steps, count):
    batch = _batch(count)
    for engine, step in (("bits", 2048), ("reference", 64)):
        calls = []
        got = circuit(batch, engine=engine, progress=lambda *call, calls=calls: calls.append(call))
        assert calls == [(min(k + step, count), count) for k in range(0, count, step)]
        x = batch.astype(int)
        s = x[:, :7].sum(axis=1)
        want = [x.sum(axis=1) > 5, 2 * s - 3 * x[:, 8] + x[:, 9] >= 4, x[:, 3]]
        want += [x[:, 0] & x[:, 9], s >= 3]
        np.testing.assert_array_equal(got, np.column_stack(want))


def test_packed_steps_and_progress(circuit, small_steps):
    words = np.random.default_rng(0).integers(0, 2**64, (10, 70), np.uint64)
    calls = []
    got = circuit(words, packed=True, engine="bits", progress=lambda *call: calls.append(call))
    assert calls == [(2048, 4480), (4096, 4480), (4480, 4480)]
    want = circuit(tc.unpack(words, 4480), engine="reference")
    np.testing.assert_array_equal(tc.unpack(got, 4480), want)


def test_an_interrupt_leaves_nothing_behind(circuit, small_steps):
    batch = _batch(5000)
    want = circuit(batch, engine="reference")

    def interrupt(done, total):
        raise KeyboardInterrupt

    for engine in ("bits", "reference"):
        with pytest.raises(KeyboardInterrupt):
            circuit(batch, engine=engine, progress=interrupt)
        np.testing.assert_array_equal(circuit(batch, engine=engine), want)


@pytest.mark.parametrize("engine", ["bigint", "bits", "reference"])
@pytest.mark.parametrize("threads", [2, np.int64(3), 10**9])
def test_threads_give_the_same(circuit, small_steps, engine, threads):
    for count in (0, 1, 2049, 9000):
        batch = _batch(count)
        calls = []
        got = circuit(
            batch,
            engine=engine,
            threads=threads,
            progress=lambda *call, calls=calls: calls.append(call),
        )
        np.testing.assert_array_equal(got, circuit(batch, engine=engine))
        np.testing.assert_array_equal(
            trace(circuit, batch, engine=engine, threads=threads), circuit.trace(batch)
        )
        assert calls == sorted(calls)
        assert calls[-1:] == [(count, count)][: bool(count)]
    words = np.random.default_rng(0).integers(0, 2**64, (10, 100), np.uint64)
    got = circuit(words, packed=True, engine=engine, threads=threads)
    np.testing.assert_array_equal(got, circuit(words, packed=True, engine=engine))


def test_forks_of_an_engine_share_no_scratch(circuit):
    engine = engines.BitsEngine(compile_program(circuit, circuit.output_wire), 1000)
    assert not np.shares_memory(engine._rows, engine.fork()._rows)


def _our_threads():
    return [thread for thread in threading.enumerate() if thread.name.startswith("tcsim")]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_no_thread_is_left_behind(circuit, small_steps, error):
    def fail(done, total):
        assert _our_threads()
        raise error

    with pytest.raises(error):
        circuit(_batch(50_000), engine="bits", threads=3, progress=fail)
    assert not _our_threads()
    with pytest.raises(error):
        circuit.truth_table(threads=3, progress=fail)
    assert not _our_threads()
    blocks = truth_table_blocks(circuit, threads=2)
    next(blocks)
    blocks.close()
    assert not _our_threads()


def test_an_error_on_a_thread_is_the_same_error(circuit, small_steps):
    batch = _batch(50_000)
    batch[49_999, 3], batch[30_000, 7] = 9, 2
    for threads in (1, 3):
        calls = []
        with pytest.raises(ArgumentError, match=r"batch\[30000, 7\] is 2, not 0 or 1"):
            circuit(
                batch,
                engine="bits",
                threads=threads,
                progress=lambda *call, calls=calls: calls.append(call),
            )
        assert not calls
    assert not _our_threads()


@pytest.mark.parametrize("threads", [0, -1, 1.0, True, "2", None])
def test_bad_numbers_of_threads(circuit, threads):
    for call in (
        lambda: circuit(_batch(2), threads=threads),
        lambda: trace(circuit, _batch(2), threads=threads),
        lambda: circuit.truth_table(threads=threads),
        lambda: truth_table_blocks(circuit, threads=threads),
    ):
        with pytest.raises(ArgumentError, match=r"threads is .*; it must be a positive integer"):
            call()


@pytest.mark.parametrize("threads", [1, 2])
def test_errors_come_first_where_packed_inputs_are_not_held(
    circuit, small_steps, monkeypatch, threads
):
    monkeypatch.setattr(streaming, "HELD_BYTES", 0)
    batch = _batch(9000)
    want = circuit(batch, engine="reference")
    np.testing.assert_array_equal(circuit(batch, engine="bits", threads=threads), want)
    batch[8999, 9] = 2
    calls = []
    with pytest.raises(ArgumentError, match=r"batch\[8999, 9\] is 2"):
        circuit(batch, engine="bits", threads=threads, progress=lambda *call: calls.append(call))
    assert not calls


@pytest.mark.parametrize("threads", [1, 2, 7])
@pytest.mark.parametrize("total", [0, 1, 2048, 2049, 100_000])
def test_ranges_cover_all_and_are_whole_words(threads, total):
    for step in (64, 2048, 2**20):
        found = list(streaming.ranges(total, step, threads))
        assert [stop for _, stop in found[:-1]] == [start for start, _ in found[1:]]
        assert all(0 < stop - start <= step for start, stop in found)
        assert all(start % 64 == 0 for start, _ in found)
        assert sum(stop - start for start, stop in found) == total


def test_threads_share_a_circuit(circuit, small_steps):
    batches = [_batch(6000 + k) for k in range(8)]
    fresh = circuit.replace(scope_names=("", "fresh"))
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda batch: fresh(batch, engine="bits"), batches))
    for batch, result in zip(batches, results, strict=True):
        np.testing.assert_array_equal(result, circuit(batch, engine="reference"))


def test_blocks_shrink_where_rows_are_many(circuit, monkeypatch):
    program = compile_program(circuit, circuit.output_wire)
    batch = _batch(1000)
    want = circuit(batch, engine="reference")
    monkeypatch.setattr(engines, "ROW_BYTES", 1)
    engine = engines.BitsEngine(program, 1000)
    assert len(engine._rows) == engines.LEAST_WORDS * program.n_rows
    got = np.empty_like(want)
    engine.bits(batch, got)
    np.testing.assert_array_equal(got, want)


def test_slots_are_used_again():
    """A chain of 5,000 gates needs a few slots; gates that nothing reads need none."""
    b = tc.Builder()
    x = b.inputs("x", 4)
    y = x[0]
    for i in range(5000):
        y = b.gate(2 * y + x[1 + i % 3] - (x[1] & y) >= 1 + i % 2)
    b.output("y", y)
    circuit = b.build()
    program = compile_program(circuit, circuit.output_wire)
    assert program.n_slots < 16
    dead = compile_program(circuit, np.array([0]))
    assert len(dead.code) == len(dead.adders) == 0
    assert dead.n_slots == 4


def test_a_shared_form_is_added_up_once():
    b = tc.Builder()
    s = b.form(tc.sum(b.inputs("x", 100)))
    b.output("y", [s >= t for t in range(2, 100)])
    many = b.build()
    one = many.replace(output_wire=many.output_wire[40:41], output_names=["y"])
    adders = [len(compile_program(c, c.output_wire).adders) for c in (many, one)]
    assert adders[0] == adders[1] > 0


def test_a_result_larger_than_memory(circuit, monkeypatch):
    monkeypatch.setattr("tcsim.simulate.memory.physical_memory", lambda: 1000)
    with pytest.raises(LimitError, match=r"5 wires would take 1,005 bytes.*parts of the batch"):
        circuit(_batch(201))
    with pytest.raises(LimitError, match="the outputs would take 1,040 bytes"):
        circuit(np.zeros((10, 26), np.uint64), packed=True)
    with pytest.raises(LimitError, match="values of 4 wires would take 1,200 bytes"):
        circuit.trace(_batch(300))


def test_nested_forms_that_outgrow_memory(monkeypatch):
    """Coefficients multiply along nested forms: the digits are counted before they are held."""
    monkeypatch.setattr("tcsim.simulate.normalize.DIGIT_LIMIT", 10_000)
    b = tc.Builder()
    s = b.form(tc.sum(b.inputs("x", 1)))
    for _ in range(20):
        s = b.form(2**100 * s)
    b.output("y", s >= 1)
    with pytest.raises(
        LimitError, match=r"form 15: the sums of nested forms need more than 10,000"
    ):
        b.build()([1], engine="bits")


def _python(program):
    """Run a program in a new process; returns what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


SMALL = """
import sys
import numpy as np, tcsim as tc
b = tc.Builder()
x = b.inputs("x", 20)
b.output("y", tc.majority(x))
circuit = b.build()
"""


def test_small_jobs_do_without_numba():
    program = SMALL + "print(circuit([1] * 20)[0], circuit.trace([[0] * 20])[0, 0])\n"
    program += "print(tc.unpack(tc.pack([[1]]), 1)[0, 0], 'numba' in sys.modules)"
    assert _python(program) == ["1", "0", "1", "False"]


def test_large_jobs_and_many_small_ones_use_the_kernels():
    loaded = "print('numba' in sys.modules)\n"
    program = SMALL + "import tcsim.simulate.choice as choice\nchoice.LOADING = 100_000\n"
    once = "circuit(np.zeros((1000, 20), bool))\n"
    many = once + loaded + "for _ in range(1000): " + once + loaded
    assert _python(program + many) == ["False", "True"]
    large = "circuit(np.zeros((300_000, 20), bool))\n" + loaded
    assert _python(program + large) == ["True"]
