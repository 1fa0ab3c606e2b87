package dev.gatehouse.workbench.web.pages.context;

import dev.gatehouse.workbench.context.ContextLabel;
import dev.gatehouse.workbench.context.ContextLabels;
import dev.gatehouse.workbench.context.LabelAction;
import dev.gatehouse.workbench.context.LabelDraft;
import dev.gatehouse.workbench.context.LabelDraft.TypedAction;
import dev.gatehouse.workbench.context.LabelTerms;
import dev.gatehouse.workbench.context.ValueKind;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.Typed;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** Organization Settings &gt; Context: labels of accounts, hosts and addresses. */
@Controller
@RequestMapping(ContextPages.LIST)
class ContextPages extends EntryPages<ContextLabel, LabelTerms, LabelDraft> {

    static final String LIST = "/settings/context";

    private static final String TYPE = "type";

    /** As many actions as a form has rows for. */
    private static final int MOST_ROWS = 20;

    /** Rows for further actions that every form has. */
    private static final int SPARE_ROWS = 2;

    ContextPages(ContextLabels labels, Organizations organizations, Moments moments) {
        super(
                new Look(LIST, "show/context", "show/context-label", "show/context-form"),
                labels,
                organizations,
                moments);
    }

    @Override
    void addTo(Model model) {
        model.addAttribute("kinds", ValueKind.values());
        model.addAttribute("types", LabelAction.Type.values());
        if (model.getAttribute("form") instanceof TypedForm form) {
            var used = IntStream.range(0, MOST_ROWS)
                    .filter(row -> !form.text(field(row, TYPE)).isEmpty())
                    .max()
                    .orElse(-1);
            model.addAttribute(
                    "rows",
                    IntStream.range(0, Math.min(MOST_ROWS, used + 1 + SPARE_ROWS))
                            .boxed()
                            .toList());
        }
    }

    private static String field(int row, String of) {
        return "action_%d_%s".formatted(row, of);
    }

    @Override
    Map<String, String> values(ContextLabel label) {
        var draft = label.terms().draft();
        var values = new HashMap<String, String>();
        values.put("title", draft.title());
        values.put("reason", draft.reason());
        values.put("ends_at", draft.ends());
        for (var kind : ValueKind.values()) {
            values.put(kind.key(), String.join("\n", draft.values().getOrDefault(kind, List.of())));
        }
        var row = 0;
        for (var action : label.terms().actions()) {
            values.put(field(row, "id"), action.id().toString());
            values.put(field(row, TYPE), action.type().name());
            values.put(
                    field(row, "investigation"),
                    action.investigation().map(LabelAction.Target::number).orElse(""));
            values.put(field(row, "rules"), String.join(", ", action.rules()));
            values.put(field(row, "severities"), String.join(", ", action.severities()));
            row++;
        }
        return values;
    }

    @Override
    LabelDraft draft(Map<String, String> typed) {
        var values = new EnumMap<ValueKind, List<String>>(ValueKind.class);
        for (var kind : ValueKind.values()) {
            values.put(kind, LabelDraft.split(typed.getOrDefault(kind.key(), "")));
        }
        return new LabelDraft(
                typed.getOrDefault("title", ""),
                typed.getOrDefault("reason", ""),
                values,
                IntStream.range(0, MOST_ROWS)
                        .filter(row -> !typed.getOrDefault(field(row, TYPE), "").isBlank())
                        .mapToObj(row -> action(typed, row))
                        .toList(),
                typed.getOrDefault("ends_at", ""));
    }

    private static TypedAction action(Map<String, String> typed, int row) {
        return new TypedAction(
                Typed.id(typed.getOrDefault(field(row, "id"), "")),
                typed.getOrDefault(field(row, TYPE), ""),
                typed.getOrDefault(field(row, "investigation"), ""),
                LabelDraft.split(typed.getOrDefault(field(row, "rules"), "")),
                LabelDraft.split(typed.getOrDefault(field(row, "severities"), "")));
    }

    @Override
    String called(ContextLabel label) {
        return "“%s”".formatted(label.terms().title());
    }
}
