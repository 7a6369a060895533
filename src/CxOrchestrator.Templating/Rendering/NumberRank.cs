namespace CxOrchestrator.Templating.Rendering;

/// <summary>Kinds of numbers, from the narrowest to the one that wins over all others.</summary>
internal enum NumberRank
{
    None,
    Int,
    Long,
    Big,
    Float,
    Double,
    Decimal,
}
