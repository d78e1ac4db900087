#!/usr/bin/env python3
"""Computes the two hashes that audit_test.c expects, from the byte format alone (core/audit.h) and without our own code."""
import hashlib
import struct


def link(prev, fields):
    text = b"gongkai.audit/v1\n" + prev
    for field in fields:
        data = field.encode()
        text += struct.pack(">I", len(data)) + data
    return hashlib.sha256(text).digest()


first = link(bytes(32), ["1", "1785117600000", "350503", "person:7", "", "0123abcd", "127.0.0.1", "document.publish",
                         "document:123", "ok", "ab" * 32])
second = link(first, ["2", "1785117600001", "350503", "nobody", "", "", "", "account.login", "", "denied", ""])
print(first.hex())
print(second.hex())
