"""Reads a mailbox over IMAP and prints one JSON object a line for each message, oldest first.

usage: IMAP_PASSWORD=... python3 read_mailbox.py HOST PORT USER [AFTER_UID]
"""
import email
import email.policy
import imaplib
import json
import os
import sys

CHUNK = 500


def address(message, name):
    header = message[name]
    if header is None or not header.addresses:
        return {"address": "", "name": ""}
    first = header.addresses[0]
    return {"address": first.addr_spec, "name": first.display_name}


def body(message, kind):
    part = message.get_body((kind,))
    return None if part is None else part.get_content()


def defects(message):
    found = [repr(defect) for part in message.walk() for defect in part.defects]
    found += [f"{name}: {defect!r}" for name, value in message.items() for defect in getattr(value, "defects", ())]
    return found


def describe(uid, raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    headers = {}
    for name, value in message.items():
        headers.setdefault(name.lower(), []).append(str(value))
    return {
        "uid": uid,
        "subject": str(message["subject"] or ""),
        "from": address(message, "from"),
        "to": address(message, "to"),
        "messageId": str(message["message-id"] or "").strip(),
        "text": body(message, "plain"),
        "html": body(message, "html"),
        "returnPath": str(message["return-path"] or "").strip().strip("<>"),
        "deliveredTo": str(message["x-original-to"] or message["delivered-to"] or "").strip(),
        "headers": headers,
        "defects": defects(message),
    }


def main():
    host, port, user = sys.argv[1:4]
    after = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    box = imaplib.IMAP4(host, int(port))
    box.login(user, os.environ["IMAP_PASSWORD"])
    box.select("INBOX", readonly=True)
    _, found = box.uid("SEARCH", None, f"UID {after + 1}:*")
    # "n:*" names the last message too where there is none from n on.
    uids = [uid for uid in map(int, found[0].split()) if uid > after]
    for start in range(0, len(uids), CHUNK):
        some = uids[start:start + CHUNK]
        _, parts = box.uid("FETCH", ",".join(map(str, some)), "(UID BODY.PEEK[])")
        for part in parts:
            if isinstance(part, tuple):
                words = part[0].decode("ascii").replace("(", " ").split()
                uid = int(words[words.index("UID") + 1])
                print(json.dumps(describe(uid, part[1]), ensure_ascii=False))
    box.logout()


if __name__ == "__main__":
    main()
