package dev.gatehouse.kql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each operator does, as examples: a query's text in, rows out. */
class KqlTest {

    private static final Answers ANSWERS = Answers.over().after("""
                    let Logons = datatable(Timestamp:datetime, AccountName:string, Port:int, ActionType:string) [
                        datetime(2026-03-10 10:05), "anna", 389, "LogonSuccess",
                        datetime(2026-03-10 10:40), "bob", 445, "LogonFailed",
                        datetime(2026-03-10 11:10), "anna", int(null), "LogonFailed",
                        datetime(2026-03-10 11:50), "carl", 88, "LogonSuccess"];
                    let People = datatable(AccountName:string, Department:string) [
                        "anna", "Finance", "bob", "IT", "bob", "Operations", "dora", "Law"];
                    let Bags = datatable(Id:long, Bag:dynamic) [
                        1, dynamic({"Count": 3, "Spns": ["http/a", "cifs/b"], "ACTOR.DEVICE": "WS1"}),
                        2, dynamic({"Count": 5, "Spns": []}),
                        3, dynamic(null)];
                    """);

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            Logons | where ActionType == "LogonFailed" | project AccountName => bob;anna
            Logons | filter Timestamp > ago(1h) | project AccountName => anna;carl
            Logons | where Port != 88 | project AccountName => anna;bob;anna
            Logons | where AccountName == "bob" and (Port == 445 or Port == 1) | count => 1
            Logons | where AccountName startswith "A" | where Port > 0 | project Port => 389
            Logons | take 1 | project AccountName => anna
            Logons | limit 2 | count => 2
            Logons | take 0 | count => 0
            Logons | count => 4
            Logons | where Port == 1 | count => 0
            range x from 10 to 14 step 1 | order by x desc | extend N = row_number() | where N > 1 and N <= 3 | summarize sum(x) => 25
            range x from 1 to 3 step 1 | extend N = row_number() | where N == x | count => 3
            """)
    void whereTakeAndCount(String query, String rows) {
        assertThat(ANSWERS.rows(query)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            Logons | take 1 | project Name = AccountName, Port => Name:string Port:int
            Logons | take 1 | project strlen(AccountName), Port + 1 => Column1:long Column2:long
            Logons | project tostring(Port), bin(Timestamp, 1h), Port * 1.5 => Port:string Timestamp:datetime Column1:real
            Logons | project-away Timestamp, Port => AccountName:string ActionType:string
            Logons | project-away A* => Timestamp:datetime Port:int
            Logons | project-keep *o*t => Port:int
            Logons | project-keep Port, AccountName => AccountName:string Port:int
            Logons | project-rename Who = AccountName => Timestamp:datetime Who:string Port:int ActionType:string
            Logons | project-reorder Port, Account* => Port:int AccountName:string Timestamp:datetime ActionType:string
            Logons | project Port | extend Port = tostring(Port), Next = Port + 1 => Port:string Next:long
            Logons | take 1 | extend Number = row_number() | project Port, Number => Port:int Number:long
            Logons | project Age = now() - Timestamp, Old = Timestamp < ago(1h) => Age:timespan Old:bool
            Bags | project Bag.Count, Bag["Spns"][0], tostring(Bag.Spns) => Bag_Count:dynamic Bag_Spns_0:dynamic Bag_Spns:string
            Logons | count => Count:long
            Logons | summarize count(), dcount(AccountName), max(Port), make_set(AccountName) by bin(Timestamp, 1h), ActionType => Timestamp:datetime ActionType:string count_:long dcount_AccountName:long max_Port:int set_AccountName:dynamic
            Logons | summarize countif(Port > 1), percentile(Port, 95), avg(Port), make_list(Port), take_any(Port), min(Timestamp) => countif_:long percentile_Port_95:int avg_Port:real list_Port:dynamic Port:int min_Timestamp:datetime
            Logons | summarize arg_max(Timestamp, *) by AccountName => AccountName:string Timestamp:datetime Port:int ActionType:string
            Logons | summarize arg_min(Timestamp, Port) by AccountName => AccountName:string Timestamp:datetime Port:int
            Logons | join kind=inner People on AccountName => Timestamp:datetime AccountName:string Port:int ActionType:string AccountName1:string Department:string
            Logons | lookup People on AccountName => Timestamp:datetime AccountName:string Port:int ActionType:string Department:string
            Logons | join kind=leftanti People on AccountName => Timestamp:datetime AccountName:string Port:int ActionType:string
            Logons | project Port | getschema | project ColumnName, ColumnType => ColumnName:string ColumnType:string
            print 1, x = "a", 2.5 => print_0:long x:string print_2:real
            """)
    void columnsGetTheNamesTypesAndOrderThatKustoGivesThem(String query, String columns) {
        assertThat(ANSWERS.columns(query)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            Logons | order by Port | project Port => 445;389;88;null
            Logons | sort by Port asc | project Port => null;88;389;445
            Logons | order by Port desc nulls first | project Port => null;445;389;88
            Logons | order by Port asc nulls last | project Port => 88;389;445;null
            Logons | sort by AccountName asc, Timestamp desc | project AccountName, Port => anna,null;anna,389;bob,445;carl,88
            Logons | top 2 by Timestamp | project AccountName => carl;anna
            Logons | top 1 by strlen(ActionType) asc | project AccountName => bob
            Logons | distinct AccountName => anna;bob;carl
            Logons | project AccountName, ActionType | where AccountName == "bob" | distinct * => bob,LogonFailed
            """)
    void sortsAndPicks(String query, String rows) {
        assertThat(ANSWERS.rows(query)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            Logons | summarize count() by AccountName => anna,2;bob,1;carl,1
            Logons | summarize n = count() by bin(Timestamp, 1h) | project n => 2;2
            Logons | summarize by AccountName => anna;bob;carl
            Logons | where Port == 1 | summarize count() => 0
            Logons | where Port == 1 | summarize count() by AccountName | count => 0
            Logons | summarize sum(Port), min(Port), max(Port) => 922,88,445
            Logons | summarize avg(Port) => 307.3333333333333
            Logons | summarize round(avg(Port), 1), total = sum(Port) * 2 => 307.3,1844
            Logons | summarize dcount(AccountName), dcountif(AccountName, Port > 100), countif(ActionType has "LogonFailed") => 3,2,2
            Logons | summarize arg_max(Timestamp, Port, ActionType) by AccountName => anna,2026-03-10T11:10:00.0000000Z,null,LogonFailed;bob,2026-03-10T10:40:00.0000000Z,445,LogonFailed;carl,2026-03-10T11:50:00.0000000Z,88,LogonSuccess
            Logons | summarize (Last, Where) = arg_max(Timestamp, Port) by AccountName | where AccountName == "bob" | project Where => 445
            Logons | summarize arg_min(Port, AccountName) => 88,carl
            Logons | summarize make_set(AccountName), make_list(Port) => ["anna","bob","carl"],[389,445,88]
            Logons | summarize array_length(make_list(AccountName, 2)) => 2
            Logons | summarize make_set_if(AccountName, ActionType == "LogonFailed") => ["bob","anna"]
            Logons | summarize percentile(Port, 50), stdev(Port) > 190 => 389,true
            Logons | summarize take_any(*) | project AccountName => anna
            Logons | summarize spread = max(Timestamp) - min(Timestamp) => 01:45:00
            Bags | summarize make_set(Bag.Spns), sum(toint(Bag.Count)) => ["http/a","cifs/b"],8
            """)
    void summarizes(String query, String rows) {
        assertThat(ANSWERS.rows(query)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', emptyValue = "", textBlock = """
            Logons | join People on AccountName | project AccountName, Department | sort by Department asc => anna,Finance;bob,IT;bob,Operations
            Logons | join kind=inner People on AccountName | project AccountName, Department => anna,Finance;bob,IT;bob,Operations;anna,Finance
            Logons | join kind=leftouter (People) on AccountName | project AccountName, Department => anna,Finance;bob,IT;bob,Operations;anna,Finance;carl,
            Logons | join kind=rightouter People on AccountName | project AccountName, AccountName1, Department | where Department == "Law" => ,dora,Law
            Logons | join kind=fullouter People on AccountName | count => 6
            Logons | join kind=leftanti People on AccountName | project AccountName => carl
            Logons | join kind=rightanti People on AccountName | project AccountName => dora
            Logons | join kind=leftsemi People on AccountName | project AccountName => anna;bob;anna
            Logons | join kind=rightsemi People on AccountName | project Department => Finance;IT;Operations
            Logons | join kind=inner (People | project-rename Name = AccountName) on $left.AccountName == $right.Name | distinct Name => anna;bob
            Logons | join hint.strategy=broadcast kind=inner (Logons | project AccountName, Port) on AccountName, Port | count => 3
            Logons | lookup kind=leftouter (People | where Department == "IT") on AccountName | project Department => ;IT;;
            union Logons, People | count => 8
            union withsource=From Logons, (People | take 1) | summarize count() by From => Logons,4;union_arg1,1
            Logons | union People | where isempty(ActionType) | project Department, Port => Finance,null;IT,null;Operations,null;Law,null
            union kind=inner Logons, People | distinct AccountName => anna;bob;carl;dora
            union isfuzzy=true Logons, EmailEvents | count => 4
            union (print a = 1), (print a = "x") | project a_long, a_string => 1,;null,x
            """)
    void joinsAndUnites(String query, String rows) {
        assertThat(ANSWERS.rows(query)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            Bags | mv-expand Bag.Spns | project Id, Bag_Spns => 1,http/a;1,cifs/b;3,null
            Bags | mv-expand Spn = Bag.Spns to typeof(string) | where Spn startswith "cifs" | project Id, Spn => 1,cifs/b
            Bags | where Id == 1 | mv-expand with_itemindex=i Bag.Spns | project i => 0;1
            Bags | where Id == 1 | mv-expand Bag | project Bag => {"Count":3};{"Spns":["http/a","cifs/b"]};{"ACTOR.DEVICE":"WS1"}
            print a = dynamic([1,2,3]), b = dynamic(["x"]) | mv-expand a, b => 1,x;2,null;3,null
            print a = dynamic([1,2,3]) | mv-expand a limit 2 => 1;2
            print q = "LDAP (servicePrincipalName=MSSQL/db1) took 12 ms" | parse q with * "(servicePrincipalName=" spn ")" * "took " ms:long " ms" | project spn, ms => MSSQL/db1,12
            print q = "nothing" | parse q with "x" y:long "z" | project isnull(y) => true
            Logons | parse-where ActionType with "Logon" Outcome | where AccountName == "bob" | project Outcome => Failed
            Logons | search "carl" | project Port => 88
            Logons | search "anna" and Port == 389 | count => 1
            search in (Logons, People) "dora" | project $table, Department => People,Law
            range x from 1 to 10 step 4 => 1;5;9
            range t from datetime(2026-03-01) to datetime(2026-03-03) step 1d | count => 3
            Logons | serialize | as Everything | render timechart with (title="a | b") | count => 4
            """)
    void expandsParsesAndSearches(String query, String rows) {
        assertThat(ANSWERS.rows(query)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            let limit = 2; Logons | take limit | count => 2
            let failed = Logons | where ActionType == "LogonFailed"; failed | project AccountName => bob;anna
            let failed = Logons | where ActionType == "LogonFailed"; People | where AccountName in (failed | project AccountName) | count => 3
            let names = dynamic(["bob","dora"]); People | where AccountName in (names) | count => 3
            let newest = toscalar(Logons | summarize max(Timestamp)); Logons | where Timestamp == newest | project AccountName => carl
            let twice = (x:long) { x * 2 }; Logons | project twice(Port) | take 2 => 778;890
            let of = (who:string) { Logons | where AccountName == who }; of("carl") | project Port => 88
            let most = (T:(*), n:long) { T | top n by Timestamp }; most(Logons, 1) | project AccountName => carl
            let Kept = materialize(Logons | where Port > 100); Kept | union Kept | count => 4
            let Logons = Logons | take 1; Logons | count => 1
            let x = 1; let y = x + 1; print x + y => 3
            """)
    void letGivesNames(String query, String rows) {
        assertThat(ANSWERS.rows(query)).isEqualTo(rows);
    }

    @Test
    void readsOverComments() {
        assertThat(ANSWERS.rows("// who | where\nLogons // all of them\n| count // \"how many"))
                .isEqualTo("4");
    }

    @Test
    void readsATenantsTableAsItIs() {
        var columns = List.of(
                new Table.Column("Timestamp", Table.Type.DATETIME),
                new Table.Column("AccountName", Table.Type.STRING),
                new Table.Column("Port", Table.Type.INT),
                new Table.Column("AdditionalFields", Table.Type.DYNAMIC));
        var table = new Table(
                "IdentityLogonEvents",
                columns,
                List.of(
                        Map.of("Timestamp", Instant.parse("2026-03-10T11:00:00Z"), "Port", 88L),
                        Map.of("AccountName", "bob")));

        Table result = Answers.over(table).to("IdentityLogonEvents | where Port == 88 or AccountName == \"bob\"");

        assertThat(result.columns()).isEqualTo(columns);
        assertThat(result.rows().getFirst())
                .containsEntry("Port", 88L)
                .containsEntry("AccountName", "")
                .containsEntry("AdditionalFields", null)
                .hasSize(4);
        assertThat(result.rows().getFirst().keySet())
                .containsExactly("Timestamp", "AccountName", "Port", "AdditionalFields");
        assertThat(result.rows().getLast()).containsEntry("Timestamp", null);
    }
}
