namespace BatchRunner.Journaling;

/// <summary>The disk calls whose result matters, made to libc and checked: .NET 10.0.12 on Linux hides a failed fsync.</summary>
static partial class Disk
{
}
