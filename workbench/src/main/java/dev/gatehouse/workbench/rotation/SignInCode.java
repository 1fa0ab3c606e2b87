package dev.gatehouse.workbench.rotation;

import java.net.URI;

/**
 * What an administrator has to do for a replacement to go on.
 *
 * @param address Microsoft's page
 * @param userCode what is typed there
 */
public record SignInCode(URI address, String userCode) {}
