package dev.gatehouse.workbench.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypeTest {

    @ParameterizedTest
    @CsvSource({
        "255044462d312e37, application/pdf",
        "89504e470d0a1a0a00, image/png",
        "ffd8ffe0, image/jpeg",
        "504b030414, application/zip",
        "1f8b08, application/gzip",
        "4d5a9000, application/vnd.microsoft.portable-executable",
        "7f454c4602, application/x-elf",
        "d4c3b2a102000400, application/vnd.tcpdump.pcap",
        "0a0d0d0a, application/x-pcapng",
        "456c6646696c650000, application/x-ms-evtx",
        "d0cf11e0a1b11ae1, application/x-ole-storage",
        "'', application/octet-stream",
        "00, application/octet-stream",
        "ff00ff, application/octet-stream",
        "610062, application/octet-stream"
    })
    void isToldByTheFirstBytes(String hexadecimal, String type) {
        assertThat(ContentType.of(HexFormat.of().parseHex(hexadecimal))).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "'<html><script>alert(1)</script>'",
        "'<svg onload=\"alert(1)\"/>'",
        "'{\"a\": 1}'",
        "'Grüße, 日本'",
        "'#!/bin/sh'"
    })
    void whatCanBeReadIsTextAndNothingThatRuns(String text) {
        assertThat(ContentType.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("text/plain");
    }

    @Test
    void textThatIsCutInTheMiddleOfACharacterIsText() {
        var whole = "日本日本".getBytes(StandardCharsets.UTF_8);

        assertThat(ContentType.of(Arrays.copyOf(whole, whole.length - 1))).isEqualTo("text/plain");
    }
}
