using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IMarkStore"/>
internal sealed class PgMarkStore(PgDatabase database) : IMarkStore
{
    private const string Select = "select value from marks where name = $1";

    private const string Put = "insert into marks (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";

    private const string PutFirst = "insert into marks (name, value) values ($1, $2) on conflict do nothing";

    private const string Take = "insert into taken_marks (name) values ($1) on conflict do nothing";

    public Task<string?> ReadAsync(string name, CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use(Select).Add(name).FirstAsync(row => row.Text(0)), cancellation);

    public Task WriteAsync(string name, string value, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(Put).Add(name).Add(value).ExecuteAsync(), cancellation);

    public Task<string> WriteOnceAsync(string name, string value, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            await session.Use(PutFirst).Add(name).Add(value).ExecuteAsync();
            return (await session.Use(Select).Add(name).AllAsync(row => row.Text(0))).Single();
        },
        cancellation);

    public Task<bool> TakeOnceAsync(string name, CancellationToken cancellation) =>
        database.WriteAsync(async session => await session.Use(Take).Add(name).ExecuteAsync() == 1, cancellation);
}
