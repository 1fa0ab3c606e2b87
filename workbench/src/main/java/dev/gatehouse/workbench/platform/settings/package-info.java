/**
 * What an operator can set. Comes in: the configuration file, the environment and flags. Goes out: records that checked
 * themselves. Goes wrong: {@link dev.gatehouse.workbench.platform.settings.InvalidSetting}, which names the setting. Read
 * {@link dev.gatehouse.workbench.platform.settings.Settings} first.
 */
@NullMarked
package dev.gatehouse.workbench.platform.settings;

import org.jspecify.annotations.NullMarked;
