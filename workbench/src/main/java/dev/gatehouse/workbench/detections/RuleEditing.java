package dev.gatehouse.workbench.detections;

import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Adds, changes, removes and switches rules. What somebody who looks at one organization does concerns that one; what the
 * provider's people do while they look at all concerns everybody. A rule's examples are tried before it is in force.
 */
@Component
public class RuleEditing {

    private static final int LONGEST_REASON = 500;

    private final Rules rules;
    private final RuleReader reader;
    private final RuleTable table;
    private final Organizations organizations;
    private final Fence fence;
    private final InstantSource clock;

    RuleEditing(
            Rules rules,
            RuleReader reader,
            RuleTable table,
            Organizations organizations,
            Fence fence,
            InstantSource clock) {
        this.rules = rules;
        this.reader = reader;
        this.table = table;
        this.organizations = organizations;
        this.fence = fence;
        this.clock = clock;
    }

    /**
     * Reads a rule and tries its examples, and changes nothing.
     *
     * @param file what to call it in problems
     * @throws InvalidRule when it would be refused
     */
    public Rule check(String file, String yaml) throws InvalidRule {
        return reader.read(file, yaml).rule();
    }

    /**
     * Adds a rule.
     *
     * @param actor who does
     * @throws InvalidRule when it is not understood, or its examples fail
     * @throws RuleRefused when its id is taken or not fitting
     */
    public Rule add(Scope scope, String yaml, String actor) throws InvalidRule, RuleRefused {
        var rule = reader.read("rule", yaml).rule();
        var organization = organization(scope);
        refuseUnless(
                isPrefixed(scope, organization, rule.id()),
                () -> "The id of a rule of this organization begins with \"%s\"."
                        .formatted(prefix(scope, organization).orElse("")));
        refuseUnless(
                !rules.shippedIds().contains(rule.id()) && rules.rule(rule.id()).isEmpty(),
                () -> "Another rule has the id %s already. Choose another one.".formatted(rule.id()));
        var isNew = fence.write(() -> {
            table.lock();
            if (table.find(rule.id()).isPresent()) {
                return false;
            }
            table.save(new StoredRule(rule.id(), organization, yaml));
            remember(rule.id(), organization, yaml, "Added", "Version %d".formatted(rule.version()), actor);
            return true;
        });
        refuseUnless(isNew, () -> "Another rule has the id %s already. Choose another one.".formatted(rule.id()));
        rules.refresh();
        return rule;
    }

    /**
     * Changes the text of a rule that was typed here.
     *
     * @param actor who does
     * @throws InvalidRule when it is not understood, or its examples fail; what it said before stays in force
     * @throws RuleRefused when there is no such rule that one may change, or its id or version does not fit
     */
    public Rule change(Scope scope, RuleId id, String yaml, String actor) throws InvalidRule, RuleRefused {
        var present = own(scope, id);
        var rule = reader.read(id.value(), yaml).rule();
        refuseUnless(rule.id().equals(id), () -> "The id of a rule stays as it is: %s.".formatted(id));
        var before = rules.rule(id);
        var isTheSame = present.yaml().equals(yaml);
        refuseUnless(
                isTheSame || before.map(old -> rule.version() > old.version()).orElse(true),
                () -> "The version of a changed rule goes up: it is %d now."
                        .formatted(before.map(Rule::version).orElse(0)));
        if (!isTheSame) {
            fence.run(() -> {
                table.lock();
                table.save(new StoredRule(id, present.organization(), yaml));
                remember(id, present.organization(), yaml, "Changed", "Version %d".formatted(rule.version()), actor);
            });
            rules.refresh();
        }
        return rule;
    }

    /**
     * Removes a rule that was typed here. What it would have taken, the next one takes.
     *
     * @param actor who does
     * @param reason why
     * @throws RuleRefused when there is no such rule that one may remove, or no reason
     */
    public void remove(Scope scope, RuleId id, String reason, String actor) throws RuleRefused {
        var present = own(scope, id);
        var why = checked(reason);
        fence.run(() -> {
            table.lock();
            table.remove(id);
            remember(id, present.organization(), "", "Removed", why, actor);
        });
        rules.refresh();
    }

    /**
     * Switches a rule off, a shipped one too: for the organization that the scope is, or for everybody. What it would have
     * taken, the next one takes.
     *
     * @param actor who does
     * @param reason why
     * @throws RuleRefused when it is the default, or off already, or there is no such rule, or no reason
     */
    public void switchOff(Scope scope, RuleId id, String reason, String actor) throws RuleRefused {
        refuseUnless(
                !id.equals(RuleId.DEFAULT),
                () -> "The default cannot be switched off, because vendor alerts would be lost.");
        refuseUnless(rules.find(scope, id).isPresent(), () -> "There is no rule %s.".formatted(id));
        var why = checked(reason);
        var organization = organization(scope);
        var wasOn = fence.write(() -> {
            table.lock();
            var isSwitched = table.switchOff(new RuleSwitch(id, organization, actor, clock.instant(), why));
            if (isSwitched) {
                remember(id, organization, "", "Switched off", forWhom(scope, organization) + ": " + why, actor);
            }
            return isSwitched;
        });
        refuseUnless(wasOn, () -> "It is switched off already.");
        rules.refresh();
    }

    /**
     * Undoes {@link #switchOff} in the same scope.
     *
     * @param actor who does
     * @throws RuleRefused when it was not off
     */
    public void switchOn(Scope scope, RuleId id, String actor) throws RuleRefused {
        var organization = organization(scope);
        var wasOff = fence.write(() -> {
            table.lock();
            var isSwitched = table.switchOn(id, organization);
            if (isSwitched) {
                remember(id, organization, "", "Switched on", forWhom(scope, organization), actor);
            }
            return isSwitched;
        });
        refuseUnless(wasOff, () -> "It is not switched off here.");
        rules.refresh();
    }

    private StoredRule own(Scope scope, RuleId id) throws RuleRefused {
        var present = table.find(id)
                .filter(rule -> rule.organization().map(scope::includes).orElse(scope instanceof Scope.Everything));
        refuseUnless(present.isPresent(), () -> "There is no rule %s that can be changed here.".formatted(id));
        return present.orElseThrow();
    }

    private static String checked(String reason) throws RuleRefused {
        var why = reason.strip();
        refuseUnless(!why.isEmpty(), () -> "A reason is missing.");
        refuseUnless(why.length() <= LONGEST_REASON, () -> "The reason has at most %d characters."
                .formatted(LONGEST_REASON));
        return why;
    }

    private interface Message {
        String text();
    }

    private static void refuseUnless(boolean isFine, Message message) throws RuleRefused {
        if (!isFine) {
            throw new RuleRefused(message.text());
        }
    }

    private static Optional<UUID> organization(Scope scope) {
        return switch (scope) {
            case Scope.Everything _ -> Optional.empty();
            case Scope.Organization(var id) -> Optional.of(id);
            case Scope.Nothing _ -> throw new IllegalStateException("Nobody has signed in");
        };
    }

    private boolean isPrefixed(Scope scope, Optional<UUID> organization, RuleId id) {
        return organization.isEmpty()
                || prefix(scope, organization).filter(id.value()::startsWith).isPresent();
    }

    /** So that ids of two customers are never the same, and nobody learns of another's rules by trying. */
    private Optional<String> prefix(Scope scope, Optional<UUID> organization) {
        return organization
                .flatMap(id -> organizations.find(scope, id))
                .map(found -> found.shortName().toLowerCase(Locale.ROOT) + "-");
    }

    /** How the id of a new rule has to begin; empty when it may be anything. */
    public Optional<String> prefix(Scope scope) {
        return prefix(scope, organization(scope));
    }

    private String forWhom(Scope scope, Optional<UUID> organization) {
        return organization
                .flatMap(id -> organizations.find(scope, id))
                .map(found -> "For " + found.name())
                .orElse("For everybody");
    }

    private void remember(
            RuleId rule, Optional<UUID> organization, String yaml, String action, String detail, String actor) {
        table.remember(rule, organization, yaml, new RuleHistoryEntry(action, detail, actor, clock.instant()));
    }
}
