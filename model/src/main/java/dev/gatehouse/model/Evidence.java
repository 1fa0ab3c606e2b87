package dev.gatehouse.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One piece of evidence of an alert. All 48 of Microsoft's types fit, and so does the 49th: what we have no words for
 * still stands in {@link #details()}.
 *
 * @param type the type without its namespace, e.g. {@code userEvidence}; {@code alertEvidence} when none was stated
 * @param roles what part it plays, in Microsoft's words, e.g. {@code attacker}, {@code compromised}
 * @param verdict Microsoft's judgement of it in their word, e.g. {@code suspicious}; empty when none was stated
 * @param remediationStatus what was done about it in Microsoft's word, e.g. {@code none}; empty when none was stated
 * @param entities the accounts, hosts and addresses in it, the main one first
 * @param details its own properties, flattened: {@code userAccount.accountName} to {@code jdoe}, in the order received
 */
public record Evidence(
        String type,
        List<String> roles,
        String verdict,
        String remediationStatus,
        List<Entity> entities,
        Map<String, String> details) {

    public Evidence {
        roles = List.copyOf(roles);
        entities = List.copyOf(entities);
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
