namespace CxOrchestrator.Sdk;

/// <summary>Knows what the service's side needs before the connection can do its work: tables, columns, permissions, webhooks.</summary>
public interface ISetup
{
    /// <summary>Looks at the service's side, changing nothing. All items, met or not.</summary>
    Task<IReadOnlyList<SetupItem>> InspectAsync(CancellationToken cancellation);

    /// <summary>Makes one item that is missing and <see cref="SetupItem.CanCreate"/>; one that is there already is <see cref="Written"/>.</summary>
    Task<WriteResult> CreateAsync(string itemId, CancellationToken cancellation);

    /// <summary>A file that an admin of the service can import or follow instead; null where there is none. Default: null.</summary>
    Task<SetupFile?> DescribeAsync(CancellationToken cancellation) => Task.FromResult<SetupFile?>(null);
}

/// <summary>One thing that the service's side needs.</summary>
/// <param name="Id">Stable id, for example <c>column:contact.cxo_lastscore</c>.</param>
/// <param name="Title">What it is, for an admin.</param>
/// <param name="State">Whether it is there.</param>
/// <param name="WhatToDo">What the admin does where it is missing; empty where nothing.</param>
/// <param name="CanCreate">True where <see cref="ISetup.CreateAsync"/> can make it.</param>
/// <param name="Optional">True where the connection works without it, and what it then doesn't do stands in <paramref name="WhatToDo"/>.</param>
public sealed record SetupItem(string Id, string Title, SetupState State, string WhatToDo = "", bool CanCreate = false, bool Optional = false);

/// <summary>Whether something is there.</summary>
public enum SetupState
{
    /// <summary>It is there and usable.</summary>
    Present,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is being made by the service; ask again later.</summary>
    Pending,

    /// <summary>It could not be looked at.</summary>
    Unclear,
}

/// <summary>A description to import or to follow.</summary>
/// <param name="Name">File name, for example <c>cxo-solution.zip</c>.</param>
/// <param name="Content">The bytes.</param>
public sealed record SetupFile(string Name, ReadOnlyMemory<byte> Content);
