/**
 * The resources about people: user accounts, API keys and organizations. {@code Maintenance} serves these alone. Comes
 * in: orders of those who may manage people. Goes out: documents; a new password or token stands only in the answer
 * that it was made for. Goes wrong: fields that are filled in wrongly, and changes that would lock the last
 * administrator out. Read {@link dev.gatehouse.workbench.web.api.people.UserAccountApi} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.people;

import org.jspecify.annotations.NullMarked;
