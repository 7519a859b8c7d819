"""The companion of `docket plugin check`: writes an mbox into a folder, and says where."""
import email.message
import email.utils
import json
import mailbox
import pathlib
import sys

path = pathlib.Path(sys.argv[1]) / "support.mbox"
box = mailbox.mbox(str(path))
for number in range(40):
    message = email.message.EmailMessage()
    message["From"] = f"requester{number % 4}@example.cn"
    message["Subject"] = f"打印机无法打印 {number}"
    message["Date"] = email.utils.formatdate(1791770400 + number * 60)
    message["Message-ID"] = f"<{number}@example.cn>"
    if number % 4 == 3:  # every fourth message answers the one before it
        message["In-Reply-To"] = f"<{number - 1}@example.cn>"
    message.set_content("打印机报错 E5。\n")
    box.add(message)
box.close()
print(json.dumps({"path": str(path)}), flush=True)
sys.stdin.read()
