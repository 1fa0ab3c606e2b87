package dev.gatehouse.workbench.web.api.resources;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Types that known clients have and Gatehouse has not: collections that are always empty, and say so. */
@Component
class NotHere implements Description {

    @Override
    public List<Resource> resources() {
        return Stream.of(
                        Resource.none(
                                "activity_metrics",
                                "Gatehouse does not watch on which pages people spend their time. When alerts were worked on stands"
                                        + " in expel_alert_histories and service_metrics."),
                        Resource.none(
                                "assemblers",
                                "Gatehouse asks Microsoft's cloud itself, without a machine at the customer."),
                        Resource.none("configurations", "Settings stand in files, see docs/configuration.md."),
                        Resource.none(
                                "context_label_tags",
                                "Labels have titles, and an organization has 500 at most: nothing groups them."),
                        Resource.none("entitlements", "Gatehouse sells nothing."),
                        Resource.none(
                                "expel_detection_categories",
                                "Rules have MITRE ATT&CK tactics and no other categories."),
                        Resource.none("organization_contacts", "Gatehouse keeps no contacts."),
                        Resource.none("saml_identity_providers", "People sign in with a password."),
                        Resource.none("skus", "Gatehouse sells nothing."),
                        Resource.none("suggestions", "Runbooks look things up; they suggest nothing."))
                .toList();
    }
}
