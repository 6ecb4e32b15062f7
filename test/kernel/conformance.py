"""What Jupyter's own test suite for kernels asks of this one; conformance.test.ts runs it."""

import unittest

import jupyter_kernel_test
import zmq
from jupyter_client.manager import KernelManager

KERNEL = "gradbook"


class GradbookTests(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'

    completion_samples = [
        {"text": "tensor([[1, 2]]).matm", "matches": {"matmul"}},
        {"text": "[1, 2].findLastI", "matches": {"findLastIndex"}},
    ]

    complete_code_samples = ["1 + 1", "const a = [1,\n 2]", "`a\nb`", "// nothing"]
    incomplete_code_samples = ["function f() {", "const a = [1,", "`a", "/* a"]
    invalid_code_samples = ["const = 1", "1 + )", "'a"]

    code_generate_error = 'throw new RangeError("too far")'

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2, 3].map((x) => x * x)", "result": "[ 1, 4, 9 ]"},
        {"code": "tensor([1, 2]).sum()", "result": "3"},
        {"code": "tensor([[1, 2], [3, 4]])", "mime": "text/latex"},
    ]
    code_display_data = [
        {"code": "display(tensor([[1, 2], [3, 4]]))", "mime": "text/latex"},
        {"code": "display(42)", "mime": "text/plain"},
    ]

    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 ?*7"

    code_inspect_sample = "exp"
    code_clear_output = "clearOutput()"


class GradbookWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


class GradbookEncryptionTests(unittest.TestCase):
    """Nobody without the keys of the connection file can listen to a kernel that encrypts."""

    def test_encryption(self):
        manager = KernelManager(kernel_name=KERNEL, transport_encryption="required")
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        stranger = zmq.Context.instance().socket(zmq.SUB)
        try:
            client.wait_for_ready(timeout=30)
            stranger.subscribe(b"")
            stranger.connect(f"tcp://{manager.ip}:{manager.iopub_port}")
            outputs = []
            reply = client.execute_interactive("6 * 7", output_hook=outputs.append)
            self.assertEqual(reply["content"]["status"], "ok")
            results = [m["content"]["data"] for m in outputs if m["msg_type"] == "execute_result"]
            self.assertEqual(results, [{"text/plain": "42"}])
            self.assertEqual(stranger.poll(500), 0)
        finally:
            stranger.close(0)
            client.stop_channels()
            manager.shutdown_kernel()


if __name__ == "__main__":
    unittest.main()
