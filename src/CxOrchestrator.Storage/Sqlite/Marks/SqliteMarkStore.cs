using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IMarkStore"/>
internal sealed class SqliteMarkStore(SqliteDatabase database) : IMarkStore
{
    private const string Select = "select value from marks where name = ?";

    private const string Put = "insert into marks (name, value) values (?, ?) on conflict (name) do update set value = excluded.value";

    private const string PutFirst = "insert into marks (name, value) values (?, ?) on conflict do nothing";

    private const string Take = "insert into taken_marks (name) values (?) on conflict do nothing";

    public Task<string?> ReadAsync(string name, CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use(Select).Add(name).First(row => row.Text(0)), cancellation);

    public Task WriteAsync(string name, string value, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(Put).Add(name).Add(value).Execute(), cancellation);

    public Task<string> WriteOnceAsync(string name, string value, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            session.Use(PutFirst).Add(name).Add(value).Execute();
            return session.Use(Select).Add(name).All(row => row.Text(0)).Single();
        },
        cancellation);

    public Task<bool> TakeOnceAsync(string name, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(Take).Add(name).Execute() == 1, cancellation);
}
