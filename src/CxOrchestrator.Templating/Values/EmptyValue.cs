namespace CxOrchestrator.Templating.Values;

/// <summary>What <c>empty</c> is: equal to every list and map without members, and printed as nothing.</summary>
internal sealed class EmptyValue
{
    /// <summary>The only one.</summary>
    public static readonly EmptyValue Instance = new();

    private EmptyValue()
    {
    }
}
