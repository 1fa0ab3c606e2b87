package dev.gatehouse.stories.planted;

import dev.gatehouse.workbench.web.pages.vendor.VendorAlertQuery;

/** A page that knows a page about something else, which is forbidden. */
public final class PageThatKnowsAnother {
    /** Uses what it must not know. */
    public int pageOf(VendorAlertQuery query) {
        return query.page();
    }
}
