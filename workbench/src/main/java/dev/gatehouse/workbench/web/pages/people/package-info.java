/**
 * The screens on people: users, service accounts, organizations, and the choice of the one that is looked at. Comes in:
 * forms of those who may manage them. Goes out: lists and forms, and a new password or token on the one page that shows
 * it. Goes wrong: fields that are filled in wrongly, and changes that would leave nobody to manage anything; the form
 * says so. Read {@link dev.gatehouse.workbench.web.pages.people.UserPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.people;

import org.jspecify.annotations.NullMarked;
