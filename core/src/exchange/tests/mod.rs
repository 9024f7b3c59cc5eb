mod drop;
mod files;
mod rate;
mod saga;
