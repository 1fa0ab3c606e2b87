package dev.gatehouse.kql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions give, as examples: what stands behind {@code print} in, its value out. The time is {@code NOW}. */
class ScalarTest {

    private static String valueOf(String expression) {
        return Answers.over().rows("print " + expression);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '~', textBlock = """
            'it\\'s' => it's
            "a\\tb" == 'a\\tb' => true
            @"C:\\dir" => C:\\dir
            @'say ''hi''' => say 'hi'
            "\\u0041\\x42\\"" => AB"
            h"secret" => secret
            ```two words``` => two words
            'joined ' "texts" => joined texts
            0x1F => 31
            1.5e3 => 1500.0
            true and True => true
            1h + 30m => 01:30:00
            1.5d => 1.12:00:00
            1tick => 00:00:00.0000001
            time(1.02:03:04.5) => 1.02:03:04.5000000
            timespan(2d) => 2.00:00:00
            datetime(2026-03-10) => 2026-03-10T00:00:00.0000000Z
            datetime(2026-03-10 08:30:15.1234567) => 2026-03-10T08:30:15.1234567Z
            datetime("2026-03-10T10:00:00+02:00") => 2026-03-10T08:00:00.0000000Z
            datetime(null) => null
            int(null) => null
            long(-5) => -5
            real(nan) => NaN
            bool(true) => true
            dynamic({"a": [1, 'two', null, true]}) => {"a":[1,"two",null,true]}
            dynamic([datetime(2026-01-01), 1h, -2]) => ["2026-01-01T00:00:00.0000000Z","01:00:00",-2]
            guid(74be27de-1e4e-49d9-b579-fe0b331d3642) => 74be27de-1e4e-49d9-b579-fe0b331d3642
            """)
    void literals(String expression, String value) {
        assertThat(valueOf(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            "Anna" == "anna" => false
            "Anna" =~ "anna" => true
            "Anna" !~ "anna" => false
            "Anna" != "anna" => true
            "Directory" contains "RECT" => true
            "Directory" !contains "RECT" => false
            "Directory" contains_cs "RECT" => false
            "Directory" !contains_cs "RECT" => true
            "Directory" startswith "dir" => true
            "Directory" startswith_cs "dir" => false
            "Directory" !startswith "dir" => false
            "Directory" endswith "TORY" => true
            "Directory" !endswith_cs "TORY" => true
            "CN=Tier-0,DC=contoso" has "tier" => true
            "CN=Tier-0,DC=contoso" has "tie" => false
            "CN=Tier-0,DC=contoso" has "Tier-0" => true
            "CN=Tier-0,DC=contoso" !has "conto" => true
            "CN=Tier-0,DC=contoso" has_cs "tier" => false
            "CN=Tier-0,DC=contoso" hasprefix "conto" => true
            "CN=Tier-0,DC=contoso" hassuffix "toso" => true
            "LDAP query" has_any ("samr", "ldap") => true
            "LDAP query" has_any (dynamic(["samr", "dns"])) => false
            "LDAP query" has_all ("query", "ldap") => true
            "LDAP query" has_all ("query", "samr") => false
            "bob" in ("anna", "bob") => true
            "Bob" in ("anna", "bob") => false
            "Bob" in~ ("anna", "bob") => true
            "Bob" !in~ ("anna", "bob") => false
            "bob" !in ("anna") => true
            3 in (1, 2, 3) => true
            "DC01$" matches regex @"^DC\\d+\\$" => true
            "DC01" matches regex "(?i)dc[a-z]" => false
            5 between (1 .. 5) => true
            6 !between (1..5) => true
            now() between (ago(1h) .. 1d) => true
            1 < 2 and 2 <= 2 and 3 > 2 and 2 >= 2 and 1 <> 2 => true
            1 == 1.0 => true
            "a" < "b" => true
            datetime(2026-01-01) < datetime(2026-01-02) => true
            1h > 59m => true
            not(1 == 2) or false => true
            true == 1 => true
            dynamic({"n": 5}).n == 5 => true
            dynamic({"n": "5"}).n == 5 => false
            dynamic({"s": "x"}).s == "x" => true
            dynamic({"s": "x"}).s in ("x", "y") => true
            dynamic({"t": "2026-03-10T00:00:00Z"}).t < now() => true
            """)
    void comparisons(String expression, String value) {
        assertThat(valueOf(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            int(null) == int(null) => null
            int(null) != int(null) => null
            int(null) == 1 => false
            int(null) != 1 => true
            int(null) > 1 => null
            not(int(null) > 1) => null
            int(null) > 1 and false => false
            int(null) > 1 and true => null
            int(null) > 1 or true => true
            int(null) > 1 or false => null
            iff(int(null) > 1, "yes", "no") => no
            int(null) + 1 => null
            datetime(null) - now() => null
            1 / 0 => null
            1 % 0 => null
            isnull("") => false
            isnull(int(null)) => true
            isnotnull(dynamic(null)) => false
            isempty("") and isempty(dynamic({}).x) => true
            dynamic({}).x == "" => true
            dynamic({}).x.y.z[3] => null
            strlen(tostring(dynamic(null))) => 0
            int(null) in (1, 2) => false
            coalesce(int(null), 5) => 5
            coalesce("", "b") => b
            max_of(1, int(null)) => 1
            """)
    void nulls(String expression, String value) {
        assertThat(valueOf(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            1 + 2 * 3 => 7
            (1 + 2) * 3 => 9
            7 / 2 => 3
            7 / 2.0 => 3.5
            7 % 4 => 3
            -3 - -2 => -1
            1d / 1h => 24.0
            2 * 90m => 03:00:00
            3h / 2 => 01:30:00
            now() - 1d => 2026-03-09T12:00:00.0000000Z
            now() - datetime(2026-03-10) => 12:00:00
            -1h => -01:00:00
            dynamic({"n": 5}).n + 1 => 6
            bin(17, 5) => 15
            bin(-1, 5) => -5
            bin(2.7, 0.5) => 2.5
            bin(now(), 7d) => 2026-03-09T00:00:00.0000000Z
            bin(95m, 1h) => 01:00:00
            floor(2.9) => 2
            ceiling(2.1) => 3.0
            abs(-4) => 4
            round(2.567, 2) => 2.57
            min_of(3, 1.5, 2) => 1.5
            pow(2, 10) => 1024.0
            """)
    void arithmetic(String expression, String value) {
        assertThat(valueOf(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            toint("12"), toint("x"), tolong("0x10"), todouble("1.5"), tobool("1"), toint(3000000000) => 12,null,16,1.5,true,null
            todatetime("2026-03-10"), todatetime("soon"), totimespan("1.00:00:00") => 2026-03-10T00:00:00.0000000Z,null,1.00:00:00
            tostring(1h), tostring(true), tostring(1.5) => 01:00:00,true,1.5
            tolower("ÄB"), toupper("äb") => äb,ÄB
            substring("contoso", 2), substring("contoso", 0, 3), substring("ab", 5) => ntoso,con,
            strcat("a", 1, true), strcat_delim("-", "a", "b"), strcat_array(dynamic([1,2]), "+") => a1true,a-b,1+2
            split("a\\\\b\\\\c", "\\\\"), split("a.b.c", ".", 1), split("ab", "") => ["a","b","c"],["b"],["ab"]
            trim(@"\\s+", "  a b "), trim_start("x", "xxa"), trim_end(@"\\$", "DC01$") => a b,xa,DC01
            replace_string("a-b-c", "-", "+"), replace_regex("WS12", @"(\\d+)", @"<\\1>"), replace("[ab]", "x", "abc") => a+b+c,WS<12>,xxc
            extract(@"CN=(\\w+)", 1, "CN=krbtgt,DC=x"), extract("x(y)", 1, "none"), extract_all(@"(\\d)", "a1b2") => krbtgt,,["1","2"]
            indexof("contoso", "to"), countof("banana", "an"), reverse("abc"), strrep("ab", 3) => 3,2,cba,ababab
            isempty(" "), isnotempty("x") => false,true
            hash_sha256("abc") => ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
            base64_encode_tostring("hi"), base64_decode_tostring("aGk=") => aGk=,hi
            iff(1 > 0, 1, 2.5), iif(false, "a", "b") => 1.0,b
            case(1 > 2, "a", 2 > 1, "b", "c"), case(false, 1, 2) => b,2
            hash("a", 10) between (0 .. 9) => true
            gettype(1), gettype(dynamic([])), gettype(dynamic({})) => long,array,dictionary
            """)
    void textsConversionsAndChoices(String expression, String value) {
        assertThat(valueOf(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            now() => 2026-03-10T12:00:00.0000000Z
            ago(90m) => 2026-03-10T10:30:00.0000000Z
            startofday(now()), endofday(now()) => 2026-03-10T00:00:00.0000000Z,2026-03-10T23:59:59.9999999Z
            startofweek(now()), startofmonth(now(), -1), startofyear(now()) => 2026-03-08T00:00:00.0000000Z,2026-02-01T00:00:00.0000000Z,2026-01-01T00:00:00.0000000Z
            datetime_diff("day", now(), datetime(2026-03-08 23:59)), datetime_diff("month", now(), datetime(2025-12-31)) => 2,3
            datetime_diff("minute", ago(90s), now()) => -2
            datetime_add("month", 1, datetime(2026-01-31)), datetime_add("hour", -1, now()) => 2026-02-28T00:00:00.0000000Z,2026-03-10T11:00:00.0000000Z
            datetime_part("hour", now()), hourofday(now()), dayofweek(now()), getyear(now()) => 12,12,2.00:00:00,2026
            format_datetime(datetime(2026-03-10 15:04:05.67), "yyyy-MM-dd HH:mm:ss.ff"), format_datetime(now(), "d/M/yy h tt") => 2026-03-10 15:04:05.67,10/3/26 12 PM
            make_datetime(2026, 3, 10, 1, 2, 3), unixtime_seconds_todatetime(0) => 2026-03-10T01:02:03.0000000Z,1970-01-01T00:00:00.0000000Z
            datetime(9999-12-31) + 1d, datetime(0001-01-01) - 1d => null,null
            """)
    void times(String expression, String value) {
        assertThat(valueOf(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            parse_json('{"a":{"b":[1,2]}}').a.b[1] => 2
            parse_json('{"FROM.DEVICE":"WS1"}')["FROM.DEVICE"] => WS1
            parse_json("not json"), todynamic("[1]")[-1], parse_json("") => not json,1,null
            parse_json(dynamic({"a":"[5]"}).a)[0] => 5
            array_length(dynamic([1,2])), array_length(dynamic({})) => 2,null
            bag_keys(dynamic({"x":1,"y":2})), bag_has_key(dynamic({"x":1}), "x") => ["x","y"],true
            pack("a", 1, "b", "c"), pack_array(1, "x") => {"a":1,"b":"c"},[1,"x"]
            set_union(dynamic([1,2]), dynamic([2,3])), set_intersect(dynamic([1,2]), dynamic([2])), set_difference(dynamic([1,2]), dynamic([2])) => [1,2,3],[2],[1]
            set_has_element(dynamic(["a"]), "a"), array_index_of(dynamic(["a","b"]), "b"), array_slice(dynamic([1,2,3]), 1, -1) => true,1,[2,3]
            array_sort_asc(dynamic([3,1,2])), array_sort_desc(dynamic(["a","b"])), array_concat(dynamic([1]), dynamic([2])) => [1,2,3],["b","a"],[1,2]
            range(1, 7, 3), range(3, 1) => [1,4,7],[]
            ipv4_is_private("10.1.2.3"), ipv4_is_private("8.8.8.8"), ipv4_is_private("host") => true,false,null
            ipv4_is_in_range("10.1.2.3", "10.1.0.0/16"), ipv4_is_in_range("10.2.2.3", "10.1.0.0/16") => true,false
            ipv4_is_in_any_range("10.1.2.3", dynamic(["192.168.0.0/16", "10.0.0.0/8"])), parse_ipv4("0.0.1.0") => true,256
            """)
    void dynamicsAndAddresses(String expression, String value) {
        assertThat(valueOf(expression)).isEqualTo(value);
    }
}
