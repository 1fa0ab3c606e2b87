package dev.gatehouse.workbench.notifications;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.AlertHistoryPart;
import dev.gatehouse.workbench.investigations.InvestigationEvent;
import dev.gatehouse.workbench.investigations.InvestigationHistoryPart;
import dev.gatehouse.workbench.notifications.DeliveryTable.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes down what is to be told, in the very transaction in which it happens: what is in the database will be told, whenever a
 * process dies, and what was rolled back never is. While a transaction runs, events are only noticed; at its end, when all rows are
 * written, the rules are asked once for all of them. When none listens, that one statement is all that it costs.
 */
@Component
class Outbox implements AlertHistoryPart, InvestigationHistoryPart {

    private final NotificationRules rules;
    private final Contents contents;
    private final DeliveryTable deliveries;
    private final DeliverySignal signal;

    Outbox(NotificationRules rules, Contents contents, DeliveryTable deliveries, DeliverySignal signal) {
        this.rules = rules;
        this.contents = contents;
        this.deliveries = deliveries;
        this.signal = signal;
    }

    @Override
    public void happened(List<Happened> happened) {
        notice(happened.stream()
                .flatMap(each -> HistoryEvents.of(each).stream())
                .toList());
    }

    @Override
    public void happened(Where where, List<InvestigationEvent> events) {
        notice(HistoryEvents.of(where, events));
    }

    private void notice(List<Noticed> noticed) {
        if (noticed.isEmpty()) {
            return;
        }
        if (TransactionSynchronizationManager.getResource(this) instanceof AtTheEnd present) {
            present.noticed.addAll(noticed);
            return;
        }
        var end = new AtTheEnd(noticed);
        TransactionSynchronizationManager.bindResource(this, end);
        TransactionSynchronizationManager.registerSynchronization(end);
    }

    /** What was noticed in one transaction. */
    private final class AtTheEnd implements TransactionSynchronization {

        private final List<Noticed> noticed;
        private boolean isTold;

        AtTheEnd(List<Noticed> noticed) {
            this.noticed = new ArrayList<>(noticed);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            isTold = askAndWrite(noticed);
        }

        @Override
        public void afterCommit() {
            if (isTold) {
                signal.wake();
            }
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Outbox.this);
        }
    }

    private boolean askAndWrite(Collection<Noticed> noticed) {
        var listening = rules.listening(
                organizations(noticed),
                noticed.stream()
                        .flatMap(one -> one.place().tenant().stream())
                        .map(TenantId::value)
                        .collect(Collectors.toSet()),
                noticed.stream()
                        .map(Noticed::event)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventName.class))));
        if (listening.isEmpty()) {
            return false;
        }
        var heard = listening.stream()
                .flatMap(rule -> rule.terms().events().stream())
                .collect(Collectors.toSet());
        return write(
                contents.of(noticed.stream()
                        .filter(one -> heard.contains(one.event()))
                        .toList()),
                listening);
    }

    private static Set<UUID> organizations(Collection<Noticed> noticed) {
        var organizations = new HashSet<UUID>();
        noticed.forEach(one -> one.place().organization().ifPresent(organizations::add));
        return organizations;
    }

    /**
     * Writes down events that are known in full, a part of the transaction in which they happen.
     *
     * @return whether anybody is told
     */
    boolean write(Collection<Told> told) {
        return write(
                told,
                rules.listening(
                        told.stream().map(Told::organization).collect(Collectors.toSet()),
                        Set.of(),
                        told.stream().map(Told::event).collect(Collectors.toSet())));
    }

    private boolean write(Collection<Told> told, List<NotificationRule> listening) {
        var wanted = new ArrayList<Wanted>();
        for (var one : told) {
            for (var rule : listening) {
                if (concerns(rule, one) && rule.wants(one.event(), one.content().facts())) {
                    rule.terms().destinations().forEach(to -> wanted.add(new Wanted(one, rule, to)));
                }
            }
        }
        deliveries.add(wanted);
        return !wanted.isEmpty();
    }

    private static boolean concerns(NotificationRule rule, Told told) {
        return rule.owner()
                .organization()
                .filter(whose -> !whose.equals(told.organization()))
                .isEmpty();
    }
}
