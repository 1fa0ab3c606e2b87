package dev.gatehouse.workbench.web.api.resources;

import java.util.List;

/** Describes types of the API. A component of this kind is all that it takes to add one. */
public interface Description {

    List<Resource> resources();
}
