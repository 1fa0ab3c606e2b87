package dev.gatehouse.workbench.web.pages.context;

import dev.gatehouse.workbench.context.ContextLabel;
import dev.gatehouse.workbench.context.ContextLabels;
import dev.gatehouse.workbench.context.LabelDraft;
import dev.gatehouse.workbench.context.LabelTerms;
import dev.gatehouse.workbench.context.ValueKind;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.web.frame.Moments;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** Organization Settings &gt; Context: labels of accounts, hosts and addresses. */
@Controller
@RequestMapping(ContextPages.LIST)
class ContextPages extends EntryPages<ContextLabel, LabelTerms, LabelDraft> {

    static final String LIST = "/settings/context";

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
                typed.getOrDefault("ends_at", ""));
    }

    @Override
    String called(ContextLabel label) {
        return "“%s”".formatted(label.terms().title());
    }
}
