package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page {@code docs/api-reference.md}: each type with its attributes and relations. */
final class ReferencePage {

    private ReferencePage() {}

    private static final String BEGINNING = """
            # The types of the API

            This page is made from the descriptions that the API answers by; [api.md](api.md) tells how to ask. *Enforced by*
            `ReferencePageTest`, which leaves the page as it should be in `workbench/target/api-reference.md`.

            An attribute is a text unless something else is said. One that is *written* can be sent; one that is *only written* is
            never given back. What is *computed* cannot be filtered or sorted by. What is *always null* is asked for by known clients,
            and Gatehouse has nothing for it. What a relation that is *written* leads to can be changed at an address of its own, too.
            """;

    static String of(Resources resources) {
        var page = new StringBuilder(BEGINNING);
        resources.all().stream().filter(resource -> !resource.isEmpty()).forEach(resource -> add(page, resource));
        page.append("\n## Always empty\n\n")
                .append("Known clients ask for these types. Gatehouse answers with an empty collection.\n\n")
                .append("| type | why |\n|---|---|\n");
        resources.all().stream()
                .filter(Resource::isEmpty)
                .forEach(resource -> page.append("| `%s` | %s |\n".formatted(resource.type(), resource.says())));
        return page.toString();
    }

    private static void add(StringBuilder page, Resource resource) {
        page.append("\n## ")
                .append(resource.type())
                .append("\n\n")
                .append(resource.says())
                .append("\n\n");
        page.append("Read: %s.".formatted(title(resource.reads())));
        append(page, "Create", resource.create());
        append(page, "Change", resource.change());
        append(page, "Remove", resource.remove());
        page.append("\n\n| attribute | what |\n|---|---|\n");
        resource.attributes()
                .forEach(attribute -> page.append("| `%s` | %s |\n".formatted(attribute.name(), what(attribute))));
        if (!resource.relations().isEmpty()) {
            page.append("\n| leads to | type |\n|---|---|\n");
            resource.relations()
                    .forEach(relation -> page.append("| `%s` | %s |\n".formatted(relation.name(), what(relation))));
        }
    }

    private static void append(StringBuilder page, String verb, Optional<Resource.Writing> writing) {
        writing.ifPresent(each -> page.append(" %s: %s.".formatted(verb, title(each.right()))));
    }

    private static String title(Right right) {
        return "*%s*".formatted(right.title());
    }

    private static String what(Attribute attribute) {
        var words = new ArrayList<String>();
        if (attribute.type() != Type.TEXT) {
            words.add(attribute.type().title().replaceFirst("^an? ", ""));
        }
        switch (attribute.origin()) {
            case Attribute.Origin.Column _ -> {
                // What most are.
            }
            case Attribute.Origin.Computed _ -> words.add("computed");
            case Attribute.Origin.Always(Optional<Object> value) ->
                words.add("always " + value.map("`%s`"::formatted).orElse("null"));
            case Attribute.Origin.Never _ -> words.add("only written");
        }
        if (attribute.isWritable() && attribute.isShown()) {
            words.add("written");
        }
        if (!attribute.choices().isEmpty()) {
            words.add(choices(attribute.choices()));
        }
        return String.join(", ", words);
    }

    private static String choices(List<String> choices) {
        return choices.stream().map("`%s`"::formatted).collect(Collectors.joining(" "));
    }

    private static String what(Relation relation) {
        var words = new ArrayList<String>();
        words.add((relation.isToMany() ? "many `%s`" : "one of `%s`").formatted(relation.type()));
        switch (relation.way()) {
            case Relation.Way.ToNobody _ -> words.add("always null");
            case Relation.Way.ToNone _ -> words.add("always empty");
            case Relation.Way.One _, Relation.Way.Many _, Relation.Way.Through _ -> {
                // What most are.
            }
        }
        if (relation.filtered().isEmpty()) {
            words.add("no filter");
        }
        switch (relation.written()) {
            case NEVER -> {
                // What most are.
            }
            case AT_FIRST -> words.add("written when it is made");
            case ALWAYS -> words.add("written");
        }
        return String.join(", ", words);
    }
}
