namespace CxOrchestrator.Core.Doctor;

/// <summary>Something that is wrong now.</summary>
/// <param name="What">What, in words.</param>
/// <param name="Count">How many.</param>
/// <param name="Since">Since when the oldest; null where that isn't known.</param>
/// <param name="WhatToDo">What to do, with the exact command.</param>
/// <param name="NeedsPerson">True where nothing gets better without a person; false for what is worth a look.</param>
public sealed record Finding(string What, long Count, DateTimeOffset? Since, string WhatToDo, bool NeedsPerson);
