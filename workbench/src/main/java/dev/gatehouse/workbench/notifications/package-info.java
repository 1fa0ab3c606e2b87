/**
 * Tells people and their programs what happens: rules say which events go where, and deliveries bring them to integrations such
 * as webhooks, chats and pagers. Comes in: what alerts and investigations write into their histories, in that very transaction,
 * and how devices are doing. Goes out: requests to the addresses that people have entered. Goes wrong: a receiver that refuses or
 * hangs; it is tried again for hours, the cause stands beside the delivery, and nobody else waits for it. Read {@link
 * dev.gatehouse.workbench.notifications.Outbox} first, then {@link dev.gatehouse.workbench.notifications.DeliveryLoop}.
 */
@NullMarked
package dev.gatehouse.workbench.notifications;

import org.jspecify.annotations.NullMarked;
