namespace OrderConsole.Core.Data;

/// <summary>A setting is unknown, missing or has the wrong form; the message names it and says what is allowed.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
