package dev.gatehouse.workbench.web.pages.detections;

import dev.gatehouse.workbench.detections.ListedRule;
import dev.gatehouse.workbench.detections.RuleSource;
import dev.gatehouse.workbench.web.frame.Address;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the list of rules shows, as its address says it.
 *
 * @param text part of a name, id, technique or description, in small letters; empty for all
 * @param source whose rules; empty for all
 * @param severity of fidelity and impact, in small letters; empty for all
 * @param state {@code on}, {@code off} or empty for both
 * @param page from 1
 */
public record RuleQuery(String text, Optional<RuleSource> source, String severity, String state, int page) {

    static final int ROWS = 50;

    static RuleQuery from(Map<String, String> parameters) {
        return new RuleQuery(
                parameters.getOrDefault("text", "").strip(),
                Arrays.stream(RuleSource.values())
                        .filter(source -> source.key().equals(parameters.get("source")))
                        .findFirst(),
                parameters.getOrDefault("severity", ""),
                parameters.getOrDefault("state", ""),
                page(parameters.getOrDefault("page", "")));
    }

    private static int page(String text) {
        return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 1;
    }

    boolean isFiltered() {
        return !text.isEmpty() || source.isPresent() || !severity.isEmpty() || !state.isEmpty();
    }

    List<ListedRule> of(List<ListedRule> all) {
        return all.stream().filter(this::fits).toList();
    }

    private boolean fits(ListedRule listed) {
        var rule = listed.rule();
        return source.filter(wanted -> wanted != listed.source()).isEmpty()
                && (severity.isEmpty() || rule.severity().base().key().equals(severity))
                && (state.isEmpty() || listed.isOff() == state.equals("off"))
                && (text.isEmpty() || words(listed).contains(text.toLowerCase(Locale.ROOT)));
    }

    private static String words(ListedRule listed) {
        var rule = listed.rule();
        return String.join(
                        " ",
                        rule.name(),
                        rule.id().value(),
                        rule.description(),
                        rule.condition(),
                        String.join(" ", rule.attack().tactics()),
                        String.join(" ", rule.attack().techniques()))
                .toLowerCase(Locale.ROOT);
    }

    /** The list with these filters, on its first page. */
    public Address address() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("text", text);
        parameters.put("source", source.map(RuleSource::key).orElse(""));
        parameters.put("severity", severity);
        parameters.put("state", state);
        return new Address(RulePages.LIST, parameters);
    }

    /** How many rules each source has, in the order in which they are tried. */
    static Map<RuleSource, Long> counts(List<ListedRule> all) {
        var counts = new LinkedHashMap<RuleSource, Long>();
        var found = all.stream().collect(Collectors.groupingBy(ListedRule::source, Collectors.counting()));
        Arrays.stream(RuleSource.values()).forEach(source -> counts.put(source, found.getOrDefault(source, 0L)));
        return counts;
    }
}
