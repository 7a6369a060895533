namespace Misbehaving;

/// <summary>Nothing to set.</summary>
public sealed class NoSettings
{
}
