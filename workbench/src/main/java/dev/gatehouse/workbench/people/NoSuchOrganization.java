package dev.gatehouse.workbench.people;

/** Nobody here has that id, GUID or short name, or it is not for whoever asked to see. */
public class NoSuchOrganization extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchOrganization(Object name) {
        super("There is no organization '%s'.".formatted(name));
    }
}
