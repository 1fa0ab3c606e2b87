package dev.gatehouse.stories.planted;

import dev.gatehouse.workbench.web.frame.Address;

/** A record that knows the page which shows it, which is forbidden. */
public final class RecordThatShowsItself {
    /** Uses what it must not know. */
    public String shownAt(Address address) {
        return address.path();
    }
}
